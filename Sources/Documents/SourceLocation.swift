/// A location in a text file, counted from 1 as in editors.
package struct SourceLocation: Hashable, Sendable {
  /// The file, as the user named it.
  package let file: String
  package let line: Int
  /// The column in Unicode scalars, counted from 1.
  package let column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `file:line:column`, which editors can open.
  package var description: String { "\(file):\(line):\(column)" }
}
