internal import CFiles
internal import Glibc
internal import Synchronization

/// The size, time and hash of a file, which show later whether it has changed.
package struct FileFingerprint: Sendable, Equatable {
  /// The largest number of bytes of a file that is hashed, unless the caller chooses a smaller one.
  ///
  /// Larger files are sampled at this many bytes, spread over the file; their modification time shows other changes.
  package static let maximumHashedBytes = 1 << 30

  package let byteCount: Int
  /// Seconds since 1970.
  package let modifiedSeconds: Double
  /// XXH3, 128 bits, in hexadecimal.
  package let hash: String
  /// The largest number of bytes that is hashed; a larger file is sampled.
  package let hashedBytes: Int

  package init(byteCount: Int, modifiedSeconds: Double, hash: String, hashedBytes: Int = maximumHashedBytes) {
    self.byteCount = byteCount
    self.modifiedSeconds = modifiedSeconds
    self.hash = hash
    self.hashedBytes = hashedBytes
  }

  /// Whether the hash covers every byte.
  package var isWhole: Bool { byteCount <= hashedBytes }

  /// Returns whether the content is the same; a new modification time alone is not a change.
  package func hasSameContent(as other: FileFingerprint) -> Bool {
    byteCount == other.byteCount && hash == other.hash && (isWhole || modifiedSeconds == other.modifiedSeconds)
  }

  /// Reads a regular file once, up to the size that it had when it was opened.
  ///
  /// - Throws: ``FingerprintError`` if it cannot be read.
  package static func of(
    _ path: String, by opener: FileOpener = .process, hashedBytes: Int = maximumHashedBytes
  ) throws(FingerprintError) -> FileFingerprint {
    try OpenedFile.of(path, opener).fingerprint(hashedBytes)
  }

  /// A cache of fingerprints by inode, size and time.
  ///
  /// Thousands of jobs may name the same table.
  package final class Memory: Sendable {
    private static let maximumCount = 1000

    private struct Key: Hashable {
      let device: UInt64
      let inode: UInt64
      let byteCount: Int
      let seconds: Int
      let nanoseconds: Int
      /// Equal for all limits under which the whole file is hashed.
      var hashedBytes: Int
    }

    private let known = Mutex<[Key: FileFingerprint]>([:])

    package init() {}

    /// Returns the fingerprint of a file.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - opener: How the file is opened.
    ///   - hashedBytes: The largest number of bytes that is hashed.
    ///   - willHash: Called with the number of bytes before a file is hashed whose fingerprint is unknown.
    /// - Returns: The known fingerprint, or the new one.
    /// - Throws: ``FingerprintError`` if the file cannot be read.
    package func fingerprint(
      of path: String, by opener: FileOpener = .process, hashedBytes: Int = maximumHashedBytes,
      willHash: (Int) -> Void = { _ in }
    ) throws(FingerprintError) -> FileFingerprint {
      let file = try OpenedFile.of(path, opener)
      let status = file.opened
      let key = Key(
        device: UInt64(status.st_dev), inode: UInt64(status.st_ino), byteCount: Int(status.st_size),
        seconds: Int(status.st_mtim.tv_sec), nanoseconds: Int(status.st_mtim.tv_nsec),
        hashedBytes: min(hashedBytes, Int(status.st_size)))
      // A known hash of the whole file is better than samples.
      var whole = key
      whole.hashedBytes = key.byteCount
      if let fingerprint = known.withLock({ $0[whole] ?? $0[key] }) { return fingerprint }
      willHash(key.hashedBytes)
      let fingerprint = try file.fingerprint(hashedBytes)
      known.withLock { known in
        if known.count >= Self.maximumCount { known.removeAll() }
        known[key] = fingerprint
      }
      return fingerprint
    }
  }
}

extension OpenedFile {
  fileprivate static func of(_ path: String, _ opener: FileOpener) throws(FingerprintError) -> OpenedFile {
    do throws(FileSystemError) {
      return try OpenedFile(path, by: opener)
    } catch {
      throw .system(error)
    }
  }

  fileprivate func fingerprint(_ hashedBytes: Int) throws(FingerprintError) -> FileFingerprint {
    var halves: (UInt64, UInt64) = (0, 0)
    let problem = withUnsafeMutableBytes(of: &halves) { buffer in
      cfiles_hash(
        descriptor, Int64(opened.st_size), Int64(hashedBytes),
        buffer.bindMemory(to: UInt64.self).baseAddress)
    }
    guard problem == 0 else { throw .system(FileSystemError(operation: "read", path: path, code: problem)) }
    var after = stat()
    guard fstat(descriptor, &after) == 0 else {
      throw .system(FileSystemError(operation: "access", path: path, code: errno))
    }
    guard after.st_size == opened.st_size else {
      throw .sizeChanged(path: path, from: Int(opened.st_size), to: Int(after.st_size))
    }
    return FileFingerprint(
      byteCount: Int(opened.st_size),
      modifiedSeconds: Double(opened.st_mtim.tv_sec) + Double(opened.st_mtim.tv_nsec) / 1e9,
      hash: Self.hexadecimal(halves.0) + Self.hexadecimal(halves.1), hashedBytes: hashedBytes)
  }

  private static func hexadecimal(_ half: UInt64) -> String {
    let digits = String(half, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
