/// Where the files and folders are that a job names, and whether it may have them.
package struct NamedFiles: Sendable {
  package typealias Place = @Sendable (String) throws -> String

  /// The path of a table.
  package let frame: Place
  /// The result folder of a finished model.
  package let model: Place
  /// A folder that finished models are copied to.
  package let export: Place
  /// Whether links may stand on the way to a table; false where ``frame`` has followed and checked them all.
  package var followsLinks = true
  /// Throws where the job may not have a file opened, whose real path it is given.
  package var checkAccess: @Sendable (String) throws -> Void = { _ in }

  package init(frame: @escaping Place, model: @escaping Place, export: @escaping Place) {
    self.frame = frame
    self.model = model
    self.export = export
  }
}
