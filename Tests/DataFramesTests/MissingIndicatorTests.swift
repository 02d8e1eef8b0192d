import DataFrames
import Foundation
import Testing

@Suite("Missing indicators")
struct MissingIndicatorTests {
  /// Column a lacks a value in row 2; b lacks one in row 4, whose class is missing; c is complete;
  /// l is categorical and lacks one.
  private static let text = "a,b,c,l,y\n1,1,5,p,u\n,2,6,,v\n3,6,7,q,u\n4,,8,p,\n"

  private func build(
    _ text: String = text, _ change: (inout RowEncodingBuilder.Choices) -> Void = { _ in }
  ) throws -> RowEncoding {
    var choices = RowEncodingBuilder.Choices()
    choices.addsMissingIndicators = true
    change(&choices)
    return try RowEncodingBuilder(choices).build(try frame(text), response: "y").0
  }

  private func inputs(_ encoding: RowEncoding, _ text: String = text) throws -> (rows: [[Double]], warnings: [String]) {
    let (rows, warnings) = try RowEncoder(encoding, precision: .double).encode(try frame(text))
    let cursor = RowCursor<Double>(rows)
    return (
      (0..<rows.rowCount).map { row in
        cursor.move(to: row)
        return Array(cursor.numerics)
      }, warnings
    )
  }

  @Test("numeric columns with missing values in training rows get one, after all numeric columns")
  func names() throws {
    let encoding = try build()
    #expect(encoding.inputNames == ["l.p", "l.q", "l.missing(NA)", "a", "b", "c", "a.missing"])
    #expect(encoding.isSound)
    #expect(encoding.sources.map(\.name) == ["l", "a", "b", "c"])
    #expect(try build { $0.addsMissingIndicators = false }.inputNames.last == "c")
    // With a weight of 0, the row with the missing value is not trained on.
    let weighted = "a,y,w\n1,u,1\n,v,0\n3,u,1\n4,v,1\n"
    #expect(try build(weighted) { $0.weightsColumn = "w" }.inputNames == ["a"])
  }

  @Test("it is 1 where the value is missing and 0 elsewhere, not standardised; the mean replaces the value")
  func values() throws {
    let encoding = try build()
    let gap = try #require(encoding.numerics.last)
    #expect(gap.subtract == 0 && gap.multiply == 1)
    let rows = try inputs(encoding).rows
    #expect(rows.map { $0[3] } == [0, 1, 0, 0])
    #expect(rows[1][0] == 0, "the mean is 0 after standardisation")
    // Another table, with other missing values.
    let other = try inputs(encoding, "a,b,c,l,y\n,1,5,p,u\n2,,6,q,v\n").rows
    #expect(other.map { $0[3] } == [1, 0])
  }

  @Test("a table without the column has it missing in every row; a table without any column is refused")
  func absent() throws {
    let encoding = try build()
    let (rows, warnings) = try inputs(encoding, "b,c,l,y\n1,5,p,u\n2,6,q,v\n")
    #expect(rows.map { $0[3] } == [1, 1])
    #expect(warnings == ["'f.csv' has no column 'a'; its values count as missing"])
    #expect(throws: FrameError.self) { try inputs(encoding, "other,y\n1,u\n2,v\n") }
    let sparse = try build { $0.isSparse = true }
    #expect(try inputs(sparse, "b,c,l,y\n1,5,p,u\n2,6,q,v\n").rows.map { $0[3] } == [0, 0])
  }

  @Test("single precision, packed or not, has the same inputs")
  func singles() throws {
    let encoding = try build()
    let rows = try RowEncoder(encoding, precision: .single)
      .encode(try frame(Self.text)).rows
    let cursor = RowCursor<Float>(rows)
    let found = (0..<4).map { row in
      cursor.move(to: row)
      return cursor.numerics.map(Double.init)
    }
    for (one, other) in zip(found.joined(), try inputs(encoding).rows.joined()) { #expect(abs(one - other) < 1e-6) }
  }

  @Test("numbers derived from levels get one too")
  func transformed() throws {
    let encoding = try build { $0.categoricalEncoding = .label }
    #expect(encoding.inputNames == ["a", "b", "c", "l", "a.missing", "l.missing"])
    #expect(encoding.isSound)
    #expect(try inputs(encoding).rows.map { $0[5] } == [0, 1, 0, 0])
    // A level that the model does not know counts as missing.
    #expect(try inputs(encoding, "a,b,c,l,y\n1,1,5,new,u\n1,1,5,q,u\n").rows.map { $0[5] } == [1, 0])
  }

  @Test("a column with the name of an indicator is refused, unless it is ignored")
  func collision() throws {
    let text = "a,a.missing,y\n1,3,u\n,4,v\n3,5,u\n"
    let error = #expect(throws: FrameError.self) { try build(text) }
    #expect(
      error?.description.contains("missing_indicators 'a.missing' is the name of the input for missing values of 'a'")
        == true
    )
    let encoding = try build(text) { $0.ignoredColumns = ["a.missing"] }
    #expect(try inputs(encoding, text).rows.map { $0[1] } == [0, 1, 0])
  }

  @Test("models from before indicators can be read, and their files do not change")
  func older() throws {
    let encoding = try build { $0.addsMissingIndicators = false }
    let bytes = try JSONEncoder().encode(encoding)
    #expect(!String(decoding: bytes, as: UTF8.self).contains("indicator"))
    #expect(try JSONDecoder().decode(RowEncoding.self, from: bytes) == encoding)
    let new = try build()
    #expect(try JSONDecoder().decode(RowEncoding.self, from: JSONEncoder().encode(new)) == new)
  }

  @Test("an encoding whose indicators name no numeric column is invalid")
  func unsound() throws {
    let numerics = [RowEncoding.Numeric(name: "a", mean: 0, subtract: 0, multiply: 1)]
    for names in [["a"], ["b"], ["a", "a"]] {
      let encoding = RowEncoding(
        categoricals: [], numerics: numerics, usesAllLevels: true, indicators: names, response: .none)
      #expect(!encoding.isSound)
    }
  }
}
