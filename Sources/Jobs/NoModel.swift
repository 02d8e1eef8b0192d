package import Models

/// The reason why a path does not lead to a finished model.
package enum NoModel: Error, Sendable, Equatable, CustomStringConvertible {
  /// The folder is neither a result folder nor the `model` folder of one.
  case folder(path: String)
  /// The file is something else, or it is damaged.
  case file(path: String, SealedFileError)

  package var description: String {
    switch self {
    case .folder(let path): "'\(path)' is a folder without a model"
    case .file(let path, let error): "'\(path)': \(error)"
    }
  }
}
