internal import DataFrames
package import DurableFiles

/// The paths of the files and folders that a job names, and its permission to use them.
package struct NamedFiles: Sendable {
  /// The folder of a finished model, and how its files are opened.
  package struct ModelPlace: Sendable {
    package let folder: String
    package let opener: FileOpener

    package init(folder: String, opener: FileOpener = .process) {
      self.folder = folder
      self.opener = opener
    }
  }

  package typealias Place = @Sendable (String) throws -> String

  /// Returns the path of a table.
  package let frame: Place
  /// Returns the result folder of a finished model.
  package let model: @Sendable (String) throws -> ModelPlace
  /// Returns a folder to which finished models are copied.
  package let export: Place
  /// How tables are opened.
  package let opener: FileOpener
  /// Whose permissions decide where models are copied to.
  package let exporter: FileOpener
  /// ``opener`` for reading tables.
  let tableOpener: TableOpener

  /// - `opener`: How tables are opened.
  /// - `exporter`: Whose permissions decide where models are copied to.
  package init(
    frame: @escaping Place, model: @escaping @Sendable (String) throws -> ModelPlace, export: @escaping Place,
    opener: FileOpener, exporter: FileOpener
  ) {
    self.frame = frame
    self.model = model
    self.export = export
    self.opener = opener
    self.exporter = exporter
    tableOpener = TableOpener(opener)
  }

  /// Creates names relative to a folder, of files that are opened with the rights of this process.
  package init(in folder: String) {
    let path: @Sendable (String) -> String = { Self.path(of: $0, in: folder) }
    self.init(frame: path, model: path, export: path)
  }

  /// Returns the path of a file that is named relative to a folder.
  package static func path(of name: String, in folder: String) -> String {
    let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
    return Paths.resolved(path) ?? path
  }

  /// Creates names of files that are opened with the rights of this process.
  package init(frame: @escaping Place, model: @escaping Place, export: @escaping Place) {
    self.init(
      frame: frame, model: { ModelPlace(folder: try model($0)) }, export: export, opener: .process, exporter: .process)
  }
}
