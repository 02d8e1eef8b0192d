import DataFrames
import Foundation
import JobFiles
import Testing

/// Long numbers that a real H2O has imported: `Tests/Support/tables/h2o_numbers.py` made the list.
@Suite("Numbers of many digits")
struct H2ONumberTests {
  @Test("are correctly rounded; under h2o-3.46 they are H2O's to the last bit")
  func rounding() throws {
    let cases: [[String]] = try SupportFiles.cases("tables/h2o_numbers.json")
    #expect(cases.count == 426)
    let text = "a,b\n" + cases.map { "\($0[0]),1\n" }.joined()
    let plain = try frame(text).columns[0]
    let asInH2O = try frame(text, job: "compatibility: h2o-3.46").columns[0]
    var differences = 0
    for (row, example) in cases.enumerated() {
      #expect(plain.number(at: row) == Double(example[0]))
      #expect(asInH2O.number(at: row) == Double(example[1]), "\(example[0])")
      differences += plain.number(at: row) == asInH2O.number(at: row) ? 0 : 1
    }
    #expect(differences == 213)
  }

  @Test("signs alone, $ and % are words; under h2o-3.46 they are the numbers that H2O takes them for")
  func texts() throws {
    struct Case: Decodable {
      let text: String
      let value: Double?

      init(from decoder: any Decoder) throws {
        var parts = try decoder.unkeyedContainer()
        text = try parts.decode(String.self)
        value = try parts.decodeNil() ? nil : Double(try parts.decode(String.self))
      }
    }
    let cases: [Case] = try SupportFiles.cases("tables/h2o_number_texts.json")
    #expect(cases.count > 400)
    // So many numbers that the column is one of numbers.
    let numbers = String(repeating: "7,1\n", count: 3 * cases.count)
    let text = "a,b\n" + cases.map { "\($0.text),1\n" }.joined() + numbers
    let column = try frame(text, job: "header: true\ncompatibility: h2o-3.46").columns[0]
    for (row, example) in cases.enumerated() {
      let found = column.missing.contains(row) ? nil : column.number(at: row)
      #expect(found == example.value, "\(example.text)")
    }
    #expect(try frame(text, job: "header: true").columns[0].levels?.contains("$5") == true)
  }
}
