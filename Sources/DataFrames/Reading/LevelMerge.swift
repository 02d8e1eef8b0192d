/// The levels of one column, joined from all blocks.
///
/// `@unchecked Sendable`: one thread makes it; afterwards it is only read.
final class LevelMerge: @unchecked Sendable {
  /// A long column with a larger fraction of distinct values is text, not categorical.
  static let textShare = 0.95
  static let textMinimumRows = 200
  /// Of this many distinct texts, some are judged before all are.
  private static let sampledTexts = 1000

  /// The fields that are not missing.
  let present: Int
  /// The distinct fields.
  let distinct: Int
  /// The levels; nil for a column of texts, whose levels need not be joined.
  let table: LevelTable?
  /// The number in `table` of each level of each block.
  let codes: [[Int32]]

  /// - `mayBeText`: True if the type of the column is guessed.
  init(_ blocks: [BlockColumns], _ index: Int, mayBeText: Bool) {
    let rows = blocks.reduce(0) { $0 + $1.rowCount }
    let missing = blocks.reduce(0) { $0 + $1.builders[index].missing.count }
    present = rows - missing
    let tables = blocks.compactMap { $0.builders[index].levels }
    let atMost = tables.reduce(0) { $0 + $1.count }
    if mayBeText, Self.isText(atMost, of: present) {
      // Hashes tell texts apart well enough to count them.
      var words = DistinctWords()
      for table in tables { for level in 0..<table.count { words.insert(table.hash(level)) } }
      if Self.isText(words.count, of: present) {
        (distinct, table, codes) = (words.count, nil, [])
        return
      }
    }
    let joined = LevelTable()
    codes = tables.map { own in (0..<own.count).map { joined.code(of: $0, in: own) } }
    distinct = joined.count
    table = joined
  }

  /// Counts the distinct fields of a column that has been read as texts.
  init(texts blocks: [BlockColumns], _ index: Int) {
    let parts = blocks.map { (texts: $0.builders[index].texts, missing: $0.builders[index].missing) }
    present = parts.reduce(0) { $0 + $1.texts.count - $1.missing.count }
    (distinct, table, codes) = (PackedText.distinctCount(of: parts), nil, [])
  }

  /// Returns `evidence` with some fields of a column that has been read as texts, if it is rightly one by its distinct
  /// fields and by these; else nil.
  func texts(_ blocks: [BlockColumns], _ index: Int, evidence: FieldEvidence) -> FieldEvidence? {
    guard Self.isText(distinct, of: present) else { return nil }
    var sample = evidence
    let step = max(1, present / Self.sampledTexts)
    for block in blocks {
      let (texts, missing) = (block.builders[index].texts, block.builders[index].missing)
      for row in stride(from: 0, to: texts.count, by: step) where !missing.contains(row) {
        texts.withBytes(of: row) { sample.add($0, count: 1) }
      }
    }
    return sample.isOfWords ? sample : nil
  }

  /// Returns true if a column of `present` fields has too many distinct values for levels, and is text.
  static func isText(_ distinct: Int, of present: Int) -> Bool {
    present > textMinimumRows && Double(distinct) > textShare * Double(present)
  }

  /// Adds all fields of the column to `evidence`, or some of them if these show that it holds words.
  func add(_ blocks: [BlockColumns], _ index: Int, to evidence: FieldEvidence) -> FieldEvidence {
    let tables = blocks.map { $0.builders[index].levels ?? LevelTable() }
    if tables.reduce(0, { $0 + $1.count }) > Self.sampledTexts {
      var sample = evidence
      for table in tables {
        let step = max(1, table.count * tables.count / Self.sampledTexts)
        for level in stride(from: 0, to: table.count, by: step) { sample.add(table.text(level), count: 1) }
      }
      if sample.isOfWords { return sample }
    }
    var whole = evidence
    for block in blocks { whole.add(block, index) }
    return whole
  }

  /// True if all fields are UUIDs.
  func areIdentifiers(_ blocks: [BlockColumns], _ index: Int) -> Bool {
    guard present > 0 else { return false }
    return blocks.allSatisfy { block in
      guard let levels = block.builders[index].levels else { return false }
      return (0..<levels.count).allSatisfy { UUIDText.matches(levels.text($0)) }
    }
  }
}
