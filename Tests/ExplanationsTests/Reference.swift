import DataFrames
import Explanations
import Exports
import Foundation
import Metrics
import Models
import TestSupport

/// The reference numbers of `Tests/Support/explanations/reference.py`, from shap and scikit-learn.
struct Reference: Decodable {
  struct Contributions: Decodable {
    /// By row, margin and column.
    let values: [[[Double]]]
    let bias: [Double]
  }

  struct Dependence: Decodable {
    /// The values of the column; nil is missing.
    let values: [Double?]
    /// By curve and value.
    let average: [[Double]]
    /// By curve, row and value.
    let individual: [[[Double]]]
  }

  struct Case: Decodable {
    let model: String
    let targets: [Double]
    let contributions: Contributions
    let importances: [Double]
    let deviations: [Double]
    let dependence: Dependence
  }

  struct Wide: Decodable {
    let rows: [[Double]]
    let explained: Int
    let contributions: Contributions
  }

  /// A cell of the table: a level, or a number or nothing.
  enum Cell: Decodable {
    case level(String)
    case number(Double?)

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let text = try? value.decode(String.self) {
        self = .level(text)
      } else {
        self = .number(value.decodeNil() ? nil : try value.decode(Double.self))
      }
    }

    var level: String? { if case .level(let text) = self, !text.isEmpty { text } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }
  }

  let rows: [[Cell]]
  let background: Int
  let repeats: Int
  let cases: [Case]
  let wide: Wide

  static func read() throws -> Reference {
    try JSONDecoder().decode(Reference.self, from: Data(SupportFiles.bytes("explanations/reference.json")))
  }

  func model(_ name: String) throws -> (Model, Case) {
    (try FixtureModel(name).model, try require(cases.first { $0.model == name }, name))
  }

  static func wideModel() throws -> Model { try MOJOReader.model(SupportFiles.bytes("explanations/wide.zip")) }

  /// Returns the table with the responses of a case.
  func frame(_ model: Model, _ targets: [Double]) -> Frame {
    let levels = ["a", "b", "c"]
    let columns = [
      Column(
        name: "c",
        values: .categorical(rows.map { Int32($0[0].level.flatMap(levels.firstIndex) ?? 0) }, levels: levels),
        missing: Self.missing(rows.map { $0[0].level == nil })),
      Self.numbers("x1", rows.map { $0[1].number }), Self.numbers("x2", rows.map { $0[2].number }),
    ]
    let response = model.encoding.response.name ?? ""
    guard let classes = model.classes else {
      return Frame(path: "t.csv", columns: columns + [Self.numbers(response, targets)])
    }
    return Frame(
      path: "t.csv",
      columns: columns + [
        Column(name: response, values: .categorical(targets.map { Int32($0) }, levels: classes), missing: RowSet())
      ])
  }

  static func numbers(_ name: String, _ values: [Double?]) -> Column {
    Column(name: name, values: .doubles(values.map { $0 ?? 0 }), missing: missing(values.map { $0 == nil }))
  }

  private static func missing(_ isMissing: [Bool]) -> RowSet {
    var rows = RowSet()
    for (row, isMissing) in isMissing.enumerated() where isMissing { rows.insert(row) }
    return rows
  }
}
