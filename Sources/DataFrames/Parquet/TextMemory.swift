/// Memory for unpacked pages of texts that stay in them.
///
/// The pages of a column lie one behind the other in few large pieces. Not Sendable: one thread reads a column of a row
/// group.
final class TextMemory {
  /// Files state the size of a column, which may be wrong.
  private static let mostBytes = 1 << 26

  /// The expected bytes of pages that have not been kept.
  @exclusivity(unchecked) private var expectedBytes: Int
  @exclusivity(unchecked) private var pages: Pages?
  /// The bytes of the piece that are kept.
  @exclusivity(unchecked) private var used = 0
  /// The bytes behind them that hold the page of now.
  @exclusivity(unchecked) private var pageBytes = 0

  init(expectedBytes: Int) { self.expectedBytes = expectedBytes }

  /// Returns room for a page of `count` bytes, which the next call overwrites unless it is kept; nil without memory.
  func room(_ count: Int) -> UnsafeMutableRawBufferPointer? {
    pageBytes = 0
    if pages.map({ $0.byteCount - used < count }) ?? true {
      finish()
      pages = Pages(byteCount: max(count, min(expectedBytes, Self.mostBytes)))
      used = 0
    }
    guard let pages else { return nil }
    pageBytes = count
    return UnsafeMutableRawBufferPointer(start: pages.start + used, count: count)
  }

  /// Returns true if `bytes` are part of the page of now.
  func holds(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let pages, pageBytes > 0, let start = bytes.baseAddress else { return false }
    let offset = UnsafeRawPointer(pages.start + used).distance(to: start)
    return offset >= 0 && offset < pageBytes
  }

  /// Keeps the page of now and returns the owner of its memory; nil without one.
  func keep() -> AnyObject? {
    guard pageBytes > 0 else { return nil }
    used += pageBytes
    expectedBytes = max(0, expectedBytes - pageBytes)
    pageBytes = 0
    return pages
  }

  /// Returns what is not used to the system.
  func finish() { pages?.trim(to: used) }
}
