internal import Glibc

/// The name of this machine.
enum HostName {
  /// The longest that Linux allows is 64 bytes.
  private static let limit = 256

  /// The name that `hostname` prints, or "unknown" if the kernel has none.
  static var current: String {
    var bytes = [CChar](repeating: 0, count: limit)
    guard gethostname(&bytes, limit - 1) == 0 else { return "unknown" }
    let name = String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return name.isEmpty ? "unknown" : name
  }
}
