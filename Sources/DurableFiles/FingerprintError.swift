/// Why a file has no fingerprint.
package enum FingerprintError: Error, Sendable, Equatable, CustomStringConvertible {
  case system(FileSystemError)
  /// Somebody made the file longer or shorter while it was read: its content is of no moment.
  case sizeChanged(path: String, from: Int, to: Int)

  /// Another time the file may be had.
  package var isInUse: Bool {
    if case .system(let error) = self { error.isInUse } else { false }
  }

  /// What is wrong, without the name of the file.
  package var reason: String {
    switch self {
    case .system(let error): error.reason
    case .sizeChanged(_, let before, let now):
      "it had \(before) bytes when it was opened and \(now) after it was read; drop the job when the file is complete"
    }
  }

  package var description: String {
    switch self {
    case .system(let error): error.description
    case .sizeChanged(let path, _, _): "cannot read '\(path)': \(reason)"
    }
  }
}
