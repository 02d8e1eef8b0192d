/// The reason for which a file has no fingerprint.
package enum FingerprintError: Error, Sendable, Equatable, CustomStringConvertible {
  case system(FileSystemError)
  /// The size of the file changed while it was read, so its content is undefined.
  case sizeChanged(path: String, from: Int, to: Int)

  /// Whether a later attempt may succeed.
  package var isInUse: Bool {
    if case .system(let error) = self { error.isInUse } else { false }
  }

  /// The reason for a user who must not learn what exists.
  package func hiddenReason(_ opener: FileOpener) -> String {
    if case .system(let error) = self, opener != .process { error.hidden.reason } else { reason }
  }

  /// The reason, without the path.
  package var reason: String {
    switch self {
    case .system(let error): error.reason
    case .sizeChanged(_, let before, let now):
      "its size changed from \(before) to \(now) bytes while it was read; submit the job when the file is complete"
    }
  }

  package var description: String {
    switch self {
    case .system(let error): error.description
    case .sizeChanged(let path, _, _): "cannot read '\(path)': \(reason)"
    }
  }
}
