/// Levels that may be meant as missing values, such as `Null` among other words.
///
/// `NULL`, `null`, `NaN` and `nan` are missing in columns of words, as in other readers. `Null` is a surname and `NAN` a
/// code, so they remain levels; if other levels are written differently, a warning tells how to make them missing.
enum OddLevels {
  private static let words: [[UInt8]] = ["Null", "NAN", "Nan", "Nil", "NIL", "nil"].map { Array($0.utf8) }
  /// Columns of more levels are rarely categories.
  private static let maximumLevels = 100_000

  /// Returns the first level of `table` that is a word for missing in another case than most levels; nil for none.
  static func find(_ table: LevelTable) -> String? {
    guard table.count <= maximumLevels, table.count > 1 else { return nil }
    for index in 0..<table.count {
      let text = table.text(index)
      guard text.count == 3 || text.count == 4, words.contains(where: { text.elementsEqual($0) }) else { continue }
      let shape = shape(text)
      let alike = (0..<table.count).count { Self.shape(table.text($0)) == shape }
      // The word itself has its own shape.
      if 2 * (alike - 1) < table.count - 1 { return table.string(index) }
    }
    return nil
  }

  /// The case of the first letter, and of the second.
  private static func shape(_ text: UnsafeBufferPointer<UInt8>) -> [Bool] {
    text.prefix(2).map { (65...90).contains($0) }
  }
}
