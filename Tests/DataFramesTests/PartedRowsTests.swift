import DataFrames
import Testing

@Suite("Rows in parts")
struct PartedRowsTests {
  /// Bytes without gaps, bytes with gaps in the second half, reals, levels with gaps, weights and classes.
  private static func frame(_ rows: Int = 700) throws -> Frame {
    let lines = (0..<rows).map { row in
      let level = row % 7 == 3 ? "" : ["red", "green", "blue"][row % 3]
      let gap = row > rows / 2 && row % 5 == 0 ? "" : "\(row % 11)"
      return "\(row % 3),\(gap),\(Double(row) / 8),\(level),\(1 + row % 2),\(row % 4 == 0 ? "in" : "out")"
    }
    return try Tables.read("a,b,c,d,w,y\n" + lines.joined(separator: "\n") + "\n")
  }

  private static func encoding(
    _ frame: Frame, _ choose: (inout RowEncodingBuilder.Choices) -> Void = { _ in }
  ) throws -> RowEncoding {
    var choices = RowEncodingBuilder.Choices()
    choices.weightsColumn = "w"
    choose(&choices)
    return try RowEncodingBuilder(choices).build(frame, response: "y").0
  }

  private static func encoder(_ encoding: RowEncoding) -> RowEncoder {
    RowEncoder(encoding, precision: .single, purpose: .training)
  }

  /// Everything about rows, to the last bit.
  private static func content(_ rows: EncodedRows) -> String {
    "\(rows.units) \(rows.numerics) \(rows.targets) \(rows.weights ?? []) \(rows.incomplete.rows)"
  }

  @Test("any rows are encoded as with the whole table, in the same storage", arguments: [[], ["b", "c"], ["c", "d"]])
  func selection(_ ignored: [String]) throws {
    let frame = try Self.frame()
    let encoding = try Self.encoding(frame) { $0.ignoredColumns = Set(ignored) }
    let whole = try Self.encoder(encoding).encode(frame).rows
    if ignored == ["b", "c"] {
      guard case .bytes = whole.numerics else {
        Issue.record("\(whole.numerics)")
        return
      }
    }
    let selector = RowSelector(frame, Self.encoder(encoding))
    // Column b has no gap among the first rows, which alone would be stored as bytes.
    for rows in [Array(0..<300), [5, 2, 699, 2], []] {
      #expect(Self.content(try selector.rows(rows)) == Self.content(whole.selecting(rows)))
    }
  }

  @Test("the outline has responses, weights and gaps of all rows, and no inputs")
  func outline() throws {
    let frame = try Self.frame(20_000)
    let encoding = try Self.encoding(frame) { $0.ignoredColumns = ["b", "c"] }
    let whole = try Self.encoder(encoding).encode(frame).rows
    let parts = try PartedRows(RowSelector(frame, Self.encoder(encoding)), encoding, classWeights: [2, 3])
    #expect(parts.outline.rowCount == 20_000 && parts.outline.units.isEmpty)
    #expect(parts.outline.targets == whole.targets && parts.outline.weights == whole.weights)
    #expect(parts.outline.incomplete == whole.incomplete)
    #expect(parts.zeroByteShare == whole.zeroByteShare && whole.zeroByteShare > 0.3)
    let unit = encoding.missingUnits[0]
    #expect((0..<20_000).allSatisfy { parts.isGap(row: $0, column: 0) == (whole.unit(row: $0, column: 0) == unit) })
    let rows = [19_999, 4, 7]
    #expect(Self.content(parts.rows(rows)) == Self.content(whole.weighted(byClass: [2, 3]).selecting(rows)))
  }

  @Test("parts of rows join to the whole in every storage")
  func collector() throws {
    let dense = try Self.frame(100)
    for ignored in [Set<String>(), ["b", "c"]] {
      let encoding = try Self.encoding(dense) { $0.ignoredColumns = ignored }
      for precision in [RowEncoder.Precision.single, .double] {
        let whole = try RowEncoder(encoding, precision: precision, purpose: .training).encode(dense).rows
        #expect(Self.content(joined(whole)) == Self.content(whole))
      }
    }
    let sparse = EncodedRows.Numerics.sparse(SparseRows(starts: [0, 2, 2, 3], inputs: [0, 4, 1], values: [1, 2, 3]))
    let rows = EncodedRows(
      rowCount: 3, categoricalCount: 0, numericCount: 5, units: [], numerics: sparse, targets: [1, 2, 3], weights: nil,
      offsets: [4, 5, 6], incomplete: RowSet())
    #expect(Self.content(joined(rows)) == Self.content(rows))
    #expect(joined(rows).offsets == [4, 5, 6])
  }

  private func joined(_ rows: EncodedRows) -> EncodedRows {
    var collector = RowCollector(rowCount: rows.rowCount)
    for start in stride(from: 0, to: rows.rowCount, by: 2) {
      collector.append(rows.selecting(Array(start..<min(start + 2, rows.rowCount))))
    }
    return collector.rows
  }
}
