/// The paths of the files and folders that a job names, and its permission to use them.
package struct NamedFiles: Sendable {
  package typealias Place = @Sendable (String) throws -> String

  /// Returns the path of a table.
  package let frame: Place
  /// Returns the result folder of a finished model.
  package let model: Place
  /// Returns a folder to which finished models are copied.
  package let export: Place
  /// Whether the path of a table may contain symbolic links; false if ``frame`` has resolved and
  /// checked all of them.
  package var followsLinks = true
  /// Throws if the job may not open the file at a real path.
  package var checkAccess: @Sendable (String) throws -> Void = { _ in }

  package init(frame: @escaping Place, model: @escaping Place, export: @escaping Place) {
    self.frame = frame
    self.model = model
    self.export = export
  }
}
