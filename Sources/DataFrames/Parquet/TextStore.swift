/// The texts of a column in one row group, as they stand in the file.
///
/// Most of them differ, so that numbering them would take longer than copying. Not Sendable: one thread reads a column of
/// a row group.
final class TextStore {
  /// By row; the text of a row without a value is empty.
  @exclusivity(unchecked) private(set) var texts = PackedText()
  /// The texts of a page that are copied.
  @exclusivity(unchecked) private var page = PackedText()

  /// Adds a copy of the next value of a page.
  func add(_ text: UnsafeRawBufferPointer) { page.append(text.assumingMemoryBound(to: UInt8.self)) }

  func add(_ text: String) { page.append(text) }

  /// Assigns the values that have been added for a page to its rows.
  func finishPage(_ present: Presence) {
    guard page.count > 0 || present.valueCount == 0 else { return }
    page.spread(present.valueCount, over: present.rowCount) { present.hasValue($0) }
    texts.append(page)
    page = PackedText()
  }

  /// Assigns the values of a page, in memory that stays, to its rows.
  func takePage(_ values: TextPiece, _ present: Presence) {
    var values = values
    values.spread(present.valueCount, over: present.rowCount) { present.hasValue($0) }
    texts.append(PackedText(values))
  }

  /// Returns the texts, which it loses.
  func take() -> PackedText {
    defer { texts = PackedText() }
    return texts
  }
}

extension LevelStore {
  /// Numbers the texts of another store, which loses them.
  convenience init(_ store: TextStore, missing: RowSet, pool: PagePool) {
    let texts = store.take()
    self.init(rowCount: texts.count, pool: pool)
    texts.forEach { row, text in add(missing.contains(row) ? 0 : code(UnsafeRawBufferPointer(text))) }
    let present = Presence()
    present.take(rowCount: texts.count)
    finishPage(0, present: present)
  }
}
