/// A place in a text file, counted from 1 as editors do.
package struct SourceLocation: Hashable, Sendable {
  /// The file as the user named it.
  package let file: String
  /// Line, counted from 1.
  package let line: Int
  /// Column in Unicode scalars, counted from 1.
  package let column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `file:line:column`, the form that editors jump to.
  package var description: String { "\(file):\(line):\(column)" }
}
