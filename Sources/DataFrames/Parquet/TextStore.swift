/// The texts of a column in one row group, as they stand in the file.
///
/// Most of them differ, so that numbering them would take longer than copying. Not Sendable: one thread reads a column of
/// a row group.
final class TextStore {
  /// By row; the text of a row without a value is empty.
  @exclusivity(unchecked) private(set) var texts = PackedText()

  /// - `expectedBytes`: The expected length of all texts; what is not needed takes no memory.
  init(rowCount: Int, expectedBytes: Int) { texts.reserveCapacity(texts: rowCount, bytes: expectedBytes) }

  /// Adds the next value of a page.
  func add(_ text: UnsafeRawBufferPointer) { texts.append(text.assumingMemoryBound(to: UInt8.self)) }

  func add(_ text: String) { texts.append(text) }

  /// Assigns the values that have been added for a page to its rows.
  func finishPage(_ present: Presence) {
    texts.spread(present.valueCount, over: present.rowCount) { present.hasValue($0) }
  }

  /// Returns the texts, which it loses.
  func take() -> PackedText {
    defer { texts = PackedText() }
    return texts
  }
}

extension LevelStore {
  /// Numbers the texts of another store, which loses them.
  convenience init(_ store: TextStore, missing: RowSet) {
    let texts = store.take()
    self.init(rowCount: texts.count)
    texts.forEach { row, text in
      if !missing.contains(row) { set(row, to: code(UnsafeRawBufferPointer(text))) }
    }
  }
}
