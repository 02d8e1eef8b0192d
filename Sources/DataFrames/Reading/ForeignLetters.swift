/// Recognises texts of single bytes, or of pairs of bytes, that are no Western European language.
///
/// Western words have letters beyond ASCII one at a time, or two. Cyrillic, Greek or Chinese texts have runs of them.
enum ForeignLetters {
  private static let sampledBytes = 1 << 18
  private static let fewestRuns = 3

  /// Returns true if most bytes beyond ASCII stand in runs of at least three.
  static func areLikely(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var (run, runs, inRuns, all) = (0, 0, 0, 0)
    func end() {
      all += run
      if run >= 3 {
        runs += 1
        inRuns += run
      }
      run = 0
    }
    for byte in bytes.prefix(sampledBytes) {
      if byte >= 0x80 { run += 1 } else if run > 0 { end() }
    }
    end()
    return runs >= fewestRuns && 2 * inRuns > all
  }
}
