/// A folder for the values of tables that are too long for memory.
package struct ScratchFolder: Sendable, Equatable {
  let path: String

  /// - `path`: A folder in which this process may create files.
  package init(_ path: String) { self.path = path }

  /// Creates a file without a name, which disappears with its last user.
  ///
  /// `table`: The name of the table in messages.
  func file(for table: String) throws(FrameError) -> ScratchFile { try ScratchFile(in: path, table: table) }
}
