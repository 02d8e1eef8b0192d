import DataFrames
import TestSupport
import Testing

/// Means and deviations as computed by H2O, recorded by Tests/Support/golden/moments.py.
@Suite("Moments that are updated row by row")
struct RunningMomentsTests {
  struct Case: Decodable {
    let values: [Double?]
    let weights: [Double]?
    let mean: String
    let scale: String
  }

  @Test("they equal H2O's to the last bit, with and without weights, and with missing values")
  func equalsH2O() throws {
    let cases: [Case] = try SupportFiles.cases("golden/moments.json")
    #expect(cases.count == 30)
    for example in cases {
      let statistics = ColumnStatistics.running(
        Self.column(example.values), weights: example.weights.map { Self.column($0) })
      #expect(statistics.mean == Double(example.mean))
      #expect(1 / statistics.deviation == Double(example.scale))
    }
  }

  @Test("they equal two-pass moments except for rounding; rows with weight 0 do not count")
  func likeTwoPasses() {
    let values = (0..<100).map { Double($0 * 7919 % 101) / 7 }
    let (running, usual) = (
      ColumnStatistics.running(Self.column(values), weights: nil), ColumnStatistics(Self.column(values))
    )
    #expect(abs(running.mean - usual.mean) < 1e-12 && abs(running.deviation - usual.deviation) < 1e-12)
    #expect((running.count, running.minimum, running.maximum) == (usual.count, usual.minimum, usual.maximum))
    let halves = ColumnStatistics.running(
      Self.column(values), weights: Self.column(values.indices.map { $0 < 50 ? 1 : 0 }))
    let half = ColumnStatistics(Self.column(Array(values[..<50])))
    #expect(abs(halves.mean - half.mean) < 1e-12 && abs(halves.deviation - half.deviation) < 1e-12)
  }

  private static func column(_ values: [Double?]) -> Column {
    var missing = RowSet()
    for (row, value) in values.enumerated() where value == nil { missing.insert(row) }
    return Column(name: "x", values: .doubles(values.map { $0 ?? .nan }), missing: missing)
  }
}
