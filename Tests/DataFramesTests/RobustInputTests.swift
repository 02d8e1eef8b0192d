import DataFrames
import Testing

@Suite("Robust numeric inputs")
struct RobustInputTests {
  private func encoding(_ values: [Double], weights: [Double]? = nil) throws -> RowEncoding.Numeric {
    var columns = [
      Column(name: "x", values: .doubles(values), missing: rowSet(values.indices.filter { values[$0].isNaN })),
      Column(name: "y", values: .doubles(values.indices.map(Double.init)), missing: RowSet()),
    ]
    if let weights { columns.append(Column(name: "w", values: .doubles(weights), missing: RowSet())) }
    var choices = RowEncodingBuilder.Choices()
    choices.scalesByQuartiles = true
    choices.dropsConstantColumns = false
    choices.weightsColumn = weights == nil ? nil : "w"
    let frame = Frame(path: "t", columns: columns)
    return try RowEncodingBuilder(choices).build(frame, response: "y").0.numerics[0]
  }

  private func rowSet(_ numbers: [Int]) -> RowSet {
    var set = RowSet()
    for number in numbers { set.insert(number) }
    return set
  }

  @Test("the median becomes 0, the interquartile range 1, before the clip")
  func quartiles() throws {
    // Quartiles 2, 3 and 4.
    let numeric = try encoding([1, 2, 3, 4, 100, .nan])
    #expect(numeric.subtract == 3 && numeric.multiply == 0.5 && numeric.mean == 3 && numeric.clip == 3)
    #expect(numeric.input(3) == 0)
    // x / sqrt(1 + (x / 3)^2) at x = 0.5, at x = 48.5, and beyond all numbers.
    #expect(abs(numeric.input(4) - 0.5 / (1 + 0.25 / 9).squareRoot()) < 1e-15)
    #expect(abs(numeric.input(100) - 48.5 / (1 + 48.5 * 48.5 / 9).squareRoot()) < 1e-15)
    #expect(numeric.input(.infinity) == 3 && numeric.input(-.infinity) == -3)
    // Their squares are beyond the range of a double.
    #expect(numeric.input(1e200) == 3 && numeric.input(-1e200) == -3)
  }

  @Test("a column with an interquartile range of 0 is scaled by half of its range, a constant one becomes 0")
  func degenerate() throws {
    let rare = try encoding([0, 0, 0, 0, 0, 0, 0, 10])
    #expect(rare.subtract == 0 && rare.multiply == 0.2)
    let constant = try encoding([7, 7, 7])
    #expect(constant.input(7) == 0 && constant.input(9) == 0)
  }

  @Test("rows of weight 0 do not count")
  func weights() throws {
    let numeric = try encoding([1, 2, 3, 4, 5, 900, 1000], weights: [1, 1, 1, 1, 1, 0, 0])
    #expect(numeric.subtract == 3 && numeric.multiply == 0.5)
  }

  @Test("missing values become 0, and bytes are not packed")
  func encoded() throws {
    let frame = Frame(
      path: "t",
      columns: [
        Column(name: "x", values: .bytes([1, 2, 3, 4, 5]), missing: RowSet()),
        Column(name: "y", values: .doubles([1, 2, 3, 4, 5]), missing: RowSet()),
      ])
    var choices = RowEncodingBuilder.Choices()
    choices.scalesByQuartiles = true
    let encoding = try RowEncodingBuilder(choices).build(frame, response: "y").0
    let rows = try RowEncoder(encoding, precision: .single).encode(frame).rows
    guard case .singles(let values) = rows.numerics else { return #expect(Bool(false), "\(rows.numerics)") }
    #expect(values[2] == 0 && values[4] == Float(1 / (1 + 1.0 / 9).squareRoot()) && values[0] == -values[4])
    let other = Frame(path: "o", columns: [Column(name: "x", values: .doubles([.nan]), missing: rowSet([0]))])
    guard
      case .singles(let gap) = try RowEncoder(encoding, precision: .single, purpose: .prediction).encode(other).rows
        .numerics
    else { return #expect(Bool(false)) }
    #expect(gap == [0])
  }
}
