internal import Glibc
package import JobEvents

/// The activity of a process so far, as counters that stop when the process stops working.
package struct Activity: Sendable, Equatable {
  /// Rows trained and scored, counted in training steps.
  package var beats: Int
  /// Bytes read and written, plus page faults that needed a read.
  package var transfers: Int
  /// Pages of memory touched for the first time.
  package var pages: Int

  package init(beats: Int, transfers: Int, pages: Int) {
    self.beats = beats
    self.transfers = transfers
    self.pages = pages
  }

  /// Returns whether a job has made progress since `earlier`.
  ///
  /// Training advances its own counter. Reading, encoding and writing have none, so newly touched
  /// memory counts as progress there.
  package func hasMoved(since earlier: Activity, in phase: JobPhase) -> Bool {
    guard beats == earlier.beats, transfers == earlier.transfers else { return true }
    return phase != .training && pages != earlier.pages
  }
}

/// A reader of the kernel's counters for this process.
package struct ActivityMeter {
  private static let maximumBytes = 1024

  /// Bytes of the meter's own reads, which the kernel counts too.
  private var ownBytes = 0

  package init() {}

  /// Returns the current counters.
  ///
  /// `reportedBytes`: Bytes that were sent to the supervisor.
  package mutating func read(beats: Int, reportedBytes: Int) -> Activity {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let transferred = readTransfers() ?? 0
    return Activity(
      beats: beats, transfers: transferred - ownBytes - reportedBytes + usage.ru_majflt, pages: usage.ru_minflt)
  }

  /// Returns the bytes transferred before this call; nil if unavailable.
  private mutating func readTransfers() -> Int? {
    guard let (transfers, readBytes) = Self.read("self") else { return nil }
    ownBytes += readBytes
    return transfers
  }

  /// Returns the bytes that a child process has transferred; nil if unavailable.
  static func transfers(processID: Int32) -> Int? { read("\(processID)")?.transfers }

  /// Returns the sum of `rchar` and `wchar` of proc(5), and the bytes that this call has read.
  private static func read(_ process: String) -> (transfers: Int, readBytes: Int)? {
    let descriptor = open("/proc/\(process)/io", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: maximumBytes)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    guard count > 0, let transfers = transfers(String(decoding: bytes[..<count], as: UTF8.self)) else { return nil }
    return (transfers, count)
  }

  package static func transfers(_ text: String) -> Int? {
    var sum: Int?
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 2, ["rchar:", "wchar:"].contains(parts[0]), let value = Int(parts[1]) else { continue }
      sum = (sum ?? 0) + value
    }
    return sum
  }
}
