package import DurableFiles
internal import Synchronization

/// The bytes of data files that are hashed in full for each submitter; further files are sampled.
///
/// Dropped files are inspected one after the other. A user with many large files, which may be sparse, would otherwise
/// delay the jobs of all others.
package final class HashAllowance: Sendable {
  private static let maximumBytes = Double(FileFingerprint.maximumHashedBytes)
  /// A used-up allowance is full again after about a minute.
  private static let bytesPerSecond = maximumBytes / 60
  /// The bytes of a file that are hashed in any case: its beginning and its end.
  private static let minimumBytes = 2 << 20

  private struct Account {
    var left = maximumBytes
    var seconds: Double
  }

  private let accounts = Mutex<[UInt32: Account]>([:])
  private let secondsNow: @Sendable () -> Double

  /// `secondsNow`: A monotonic clock.
  package init(secondsNow: @escaping @Sendable () -> Double) { self.secondsNow = secondsNow }

  /// Reads a file as far as the allowance of its submitter permits.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - opener: How the file is opened.
  ///   - hashedBytes: The bytes that are hashed at most.
  ///   - userID: The submitter.
  ///   - memory: The known fingerprints, which cost nothing.
  /// - Returns: The fingerprint of the file.
  /// - Throws: ``FingerprintError`` if it cannot be read.
  package func fingerprint(
    of path: String, by opener: FileOpener, hashedBytes: Int, for userID: UInt32, _ memory: FileFingerprint.Memory
  ) throws(FingerprintError) -> FileFingerprint {
    let bytes = max(Self.minimumBytes, min(hashedBytes, left(of: userID)))
    return try memory.fingerprint(of: path, by: opener, hashedBytes: bytes) { take($0, from: userID) }
  }

  private func left(of userID: UInt32) -> Int {
    let now = secondsNow()
    return accounts.withLock { accounts in
      // Accounts that are full again need no entry.
      accounts = accounts.filter { Self.left($0.value, now) < Self.maximumBytes }
      return Int(accounts[userID].map { Self.left($0, now) } ?? Self.maximumBytes)
    }
  }

  private func take(_ bytes: Int, from userID: UInt32) {
    let now = secondsNow()
    accounts.withLock { accounts in
      let left = accounts[userID].map { Self.left($0, now) } ?? Self.maximumBytes
      accounts[userID] = Account(left: max(0, left - Double(bytes)), seconds: now)
    }
  }

  private static func left(_ account: Account, _ now: Double) -> Double {
    min(maximumBytes, account.left + (now - account.seconds) * bytesPerSecond)
  }
}
