/// The texts that stand for the levels of a column: each level as it is, and with surrounding blanks.
///
/// The table reader trims blanks, but no ONNX operator does.
struct PaddedLevels {
  /// The maximum number of blanks on either side; readers that keep the blank after a comma leave one.
  static let mostBlanks = 4
  /// The number of texts above which only one blank is accepted; if that is still too many, none is.
  private static let mostKeys = 100_000

  let keys: [String]
  /// The index of the level for each key.
  let levels: [Int]

  init(_ names: [String]) {
    let blanks = [Self.mostBlanks, 1, 0].first { names.count * ($0 + 1) * ($0 + 1) <= Self.mostKeys } ?? 0
    var known = Set(names)
    var keys = names
    var levels = Array(names.indices)
    for (level, name) in names.enumerated() {
      for before in 0...blanks {
        for after in 0...blanks where before + after > 0 {
          let key = String(repeating: " ", count: before) + name + String(repeating: " ", count: after)
          // If the padded text is itself a level, it stands for itself.
          guard known.insert(key).inserted else { continue }
          keys.append(key)
          levels.append(level)
        }
      }
    }
    self.keys = keys
    self.levels = levels
  }
}
