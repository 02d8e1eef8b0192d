package import Scoring

/// Predictions as a table with H2O's column names (behavioural notes, section 14).
package enum PredictionTable {
  /// `outputs`: Row-major [rows x outputs] from ``ModelScorer``.
  package static func csv(_ model: Model, outputs: [Double]) -> CSVText {
    guard let classes = model.classes else {
      var csv = CSVText(header: ["predict"])
      for value in outputs { csv.append([.number(value)]) }
      return csv
    }
    var csv = CSVText(header: ["predict"] + classes.map(columnName))
    for start in stride(from: 0, to: outputs.count, by: classes.count) {
      let row = outputs[start..<start + classes.count]
      csv.append([.text(classes[model.label(row)])] + row.map(CSVText.Cell.number))
    }
    return csv
  }

  /// A level that is a whole number gets a "p" in front.
  private static func columnName(_ level: String) -> String { Int(level) == nil ? level : "p\(level)" }
}
