internal import DurableFiles

/// The rejection of files that are never claimed.
extension SpoolDirectory {
  private static let maximumReasonBytes = 1 << 16

  /// Moves a file from `incoming` to `rejected`, with the reason beside it.
  ///
  /// - Returns: The path of the file with the reason; nil if the dropped file is gone.
  func refuse(_ name: String, as id: JobIdentifier, reason: String) throws(FileSystemError) -> String? {
    let reasonPath = try explainRejection(id, name: name, reason: reason)
    do throws(FileSystemError) {
      try fileSystem.move("\(layout.incoming)/\(name)", to: rejectedFile(Paths.stem(of: reasonPath), like: name))
      return reasonPath
    } catch {
      guard fileSystem.exists("\(layout.incoming)/\(name)") || error.isNotFound else { throw error }
      try? fileSystem.remove(reasonPath)
      guard error.isNotFound else { throw error }
      return nil
    }
  }

  /// Returns whether the same reason lies in `rejected` already for a file of this name.
  func isExplained(_ name: String, reason: String) -> Bool {
    let path = "\(layout.rejected)/\(Self.rejectedStem(of: name)).why"
    guard let bytes = try? fileSystem.read(path, limit: Self.maximumReasonBytes) else { return false }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.hasPrefix("\(name) (number ") && text.contains(reason)
  }

  /// Returns the name of a rejected file without extension.
  static func rejectedStem(of name: String) -> String {
    let safe = JobIdentifier(number: 0, name: Paths.stem(of: name)).name
    // Command-line tools would take a name with a leading hyphen for an option.
    let plain = String(safe.drop { $0 == "-" })
    return plain.isEmpty ? "job" : plain
  }
}
