import DataFrames
import Foundation
import TestSupport
import Testing

/// Long numbers imported by H2O; `Tests/Support/tables/h2o_numbers.py` made the list.
@Suite("Numbers of many digits")
struct H2ONumberTests {
  @Test("are correctly rounded; under h2o-3.46 they equal H2O's to the last bit")
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

  @Test("lone signs, $ and % are words; under h2o-3.46 they are numbers, as in H2O")
  func texts() throws {
    let fields: [ImportedField<String>] = try SupportFiles.cases("tables/h2o_number_texts.json")
    #expect(fields.count > 400)
    try ImportedField.compare(fields, among: "7") { Double($0) }
    let text = ImportedField.table(fields, among: "7")
    #expect(try frame(text, job: "header: true").columns[0].levels?.contains("$5") == true)
  }
}
