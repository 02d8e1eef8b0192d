/// The findings from the beginning of a text.
struct TextOutline {
  /// The bytes that a text of a column of texts takes beyond its own.
  private static let packedBytes = 8.0

  let names: [String]
  let part: BlockColumns

  func columns(_ rowCount: Double) -> [FrameEstimate.Column] {
    var entries = [Int](repeating: 0, count: names.count)
    for entry in part.entries { entries[Int(entry.column)] += 1 }
    let rows = Double(max(1, part.rowCount))
    return zip(names, part.builders).enumerated().filter { $1.1.kind != .skipped }.map { index, named in
      let (name, builder) = named
      guard builder.kind == .sparse else { return column(name, builder, rowCount: rowCount) }
      let share = Double(entries[index]) / rows
      return FrameEstimate.Column(
        name: name, kind: .sparse(share: share), bytesPerRow: min(8, share * Double(SparseNumbers.bytesPerNumber)))
    }
  }

  private func column(_ name: String, _ builder: ColumnBuilder, rowCount: Double) -> FrameEstimate.Column {
    let rows = Double(max(1, part.rowCount))
    switch builder.kind {
    case .text:
      return FrameEstimate.Column(name: name, kind: .text, bytesPerRow: Double(builder.texts.byteCount) / rows)
    case .level:
      return categorical(name, builder, rows: rows, rowCount: rowCount)
    case .number, .time, .skipped, .sparse:
      // A numeric column with many words at its beginning is read again as categorical.
      guard Double(builder.misfitCount) <= (1 - FieldEvidence.requiredShare) * rows else {
        return FrameEstimate.Column(name: name, kind: .categorical(levelCount: 2), bytesPerRow: 4)
      }
      let (bytes, isByte) =
        switch builder.storage {
        case .bytes: (1.0, true)
        case .shorts: (2.0, false)
        case .integers, .scaled: (4.0, false)
        case .doubles: (8.0, false)
        }
      return FrameEstimate.Column(name: name, kind: .number(isByte: isByte), bytesPerRow: bytes)
    }
  }

  private func categorical(_ name: String, _ builder: ColumnBuilder, rows: Double, rowCount: Double)
    -> FrameEstimate.Column
  {
    let count = builder.levels?.count ?? 0
    let length = Double(builder.levels?.byteCount ?? 0) / Double(max(1, count))
    let forecast = TextForecast(rows: rows, entries: Double(count), length: length)
    guard !forecast.hasOwnTexts || part.rowCount < 2 else {
      return FrameEstimate.Column(name: name, kind: .text, bytesPerRow: Self.packedBytes + length)
    }
    return forecast.categorical(name, rowCount: rowCount)
  }
}
