internal import DurableFiles

/// A name in `control`, as it was found.
package enum OrderFile: Sendable, Equatable {
  case gone
  /// A name that is not valid UTF-8; the file exists, but Swift strings cannot address it.
  case unspellable
  /// An entry that is not an order; the reason is for the user who created it.
  case odd(reason: String)
  /// The number is not written yet.
  case unfinished
  /// An order, with its owner and the time at which it was given in seconds since 1970.
  case order(ownerID: UInt32, priority: Int?, seconds: Double)
  /// An order without a usable number.
  case invalid(ownerID: UInt32, reason: String)

  /// The facts by which a file is recognised that was replaced or written again after it had been read.
  struct Version: Sendable, Equatable {
    private let fileNumber: UInt
    private let byteCount: Int
    private let modifiedSeconds: Double

    init(_ status: FileSystem.Status) {
      fileNumber = status.fileNumber
      byteCount = status.byteCount
      modifiedSeconds = status.modifiedSeconds
    }
  }
}
