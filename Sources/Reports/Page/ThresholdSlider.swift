internal import Metrics

/// A control that shows the confusion matrices of two classes for any decision threshold.
///
/// A script moves it; without scripts the page shows the tables of thresholds only.
struct ThresholdSlider: Codable {
  /// The counts of a table of rows, by descending thresholds.
  struct Part: Codable {
    let name: String
    let thresholds: [Double]
    let truePositives: [Double]
    let falsePositives: [Double]
    let positives: Double
    let negatives: Double

    init(_ name: String, _ table: ThresholdTable) {
      let shown = table.shownIndices
      self.name = name
      thresholds = shown.map { table.thresholds[$0] }
      truePositives = shown.map { table.truePositives[$0] }
      falsePositives = shown.map { table.falsePositives[$0] }
      positives = table.positives
      negatives = table.negatives
    }
  }

  /// The classes 0 and 1.
  let negative: String
  let positive: String
  /// The decision threshold of the model.
  let threshold: Double
  /// The last part determines the positions of the slider.
  let parts: [Part]

  var context: [String: Any] {
    [
      "negative": negative, "positive": positive, "threshold": String(threshold),
      "parts": parts.map { part -> [String: Any] in
        [
          "name": part.name, "thresholds": Self.list(part.thresholds), "hits": Self.list(part.truePositives),
          "misses": Self.list(part.falsePositives), "positives": String(part.positives),
          "negatives": String(part.negatives),
        ]
      },
    ]
  }

  private static func list(_ values: [Double]) -> String {
    values.map { $0 == $0.rounded() && abs($0) < 1e15 ? String(Int($0)) : String($0) }.joined(separator: " ")
  }
}
