/// The texts that mean the levels of a column: each level as it is, and with blanks around it, which the reader of tables
/// takes away and no operator of ONNX does.
struct PaddedLevels {
  /// Blanks on either side that are looked for: readers that keep the blank behind a comma leave one.
  static let mostBlanks = 4
  /// Beyond this number of texts only one blank is looked for, beyond it again none.
  private static let mostKeys = 100_000

  let keys: [String]
  /// Number of the level that each key means.
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
          // A level that has the blanks itself means itself.
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
