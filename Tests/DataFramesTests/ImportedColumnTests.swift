import DataFrames
import Foundation
import TestSupport
import Testing

/// Columns of mixed fields imported by H2O; `Tests/Support/tables/h2o_columns.py` made the list.
@Suite("Types of undeclared columns")
struct ImportedColumnTests {
  struct Case: Decodable {
    let fields: [String]
    let type: String
    let missing: Int
    let levels: [String]
  }

  @Test("under h2o-3.46 types, levels and missing values are H2O's")
  func types() throws {
    let cases: [Case] = try SupportFiles.cases("tables/h2o_columns.json")
    #expect(cases.count == 300)
    var differentByDefault = 0
    for (index, example) in cases.enumerated() {
      let text = "a,b\n" + example.fields.map { "\($0),1\n" }.joined()
      let column = try frame(text, job: "header: true\ncompatibility: h2o-3.46").columns[0]
      let comment = Comment(rawValue: "column \(index): \(example.fields.prefix(12))")
      switch example.type {
      case "enum":
        #expect(column.levels == example.levels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, comment)
      case "time": #expect(column.typeName == "time", comment)
      case "string", "uuid": #expect(column.typeName == "string", comment)
      default: #expect(["int", "real"].contains(column.typeName), comment)
      }
      // Neither program learns from text, so missing values in it do not matter.
      if !["string", "uuid"].contains(example.type) { #expect(column.missing.count == example.missing, comment) }
      let byDefault = try frame(text, job: "header: true").columns[0]
      differentByDefault += byDefault.typeName == column.typeName && byDefault.missing.count == example.missing ? 0 : 1
    }
    #expect(differentByDefault > 100)
  }

  @Test("under h2o-3.46 times equal H2O's; by default the usual notations are accepted")
  func times() throws {
    let fields: [ImportedField<Double>] = try SupportFiles.cases("tables/h2o_times.json")
    #expect(fields.count > 200)
    try ImportedField.compare(fields, among: "2020-06-01") { $0 }
    let usual = try frame(
      "a,b\n2020-01-05T07:30,1\n1/5/20 07:30:15.5,2\n5-Jan-2020 12:30 AM,3\n29-Feb-2020 12:00:00 PM,4\n07:30,5\n",
      job: "header: true")
    #expect(
      describe(usual) == "a:time=1578209400000,1578209415500,1578184200000,1582977600000,27000000 b:int=1,2,3,4,5")
    #expect(try frame("a,b\n29-Feb-2019,1\n1-Mar-2019,1\n", job: "header: true").columns[0].typeName == "enum")
  }
}
