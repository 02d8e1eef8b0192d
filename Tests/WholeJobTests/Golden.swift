import DataFrames
import DurableFiles
import Foundation
import Models
import TestSupport

/// H2O's results of a case: golden.json.gz.
struct Golden {
  private let root: [String: Any]

  init(root: [String: Any]) { self.root = root }

  init(_ folder: String) throws {
    let bytes = try FileBytes.read("\(folder)/golden.json.gz")
    root = try require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any], #function)
  }

  /// Returns the largest difference of a number; a different label counts as infinite.
  func predictionDifference(_ csv: String) throws -> Double {
    let expected = try require((root["predictions"] as? [String: Any])?["rows"] as? [[Any]], #function)
    return Self.difference(Array(Self.lines(csv).dropFirst()), expected)
  }

  private static func difference(_ rows: [[String]], _ expected: [[Any]]) -> Double {
    guard rows.count == expected.count else { return .infinity }
    return zip(rows, expected).map { row, golden in
      zip(row, golden).map { field, value in
        if let number = value as? Double { return gap(Double(field), number) }
        return field == value as? String ? 0 : .infinity
      }.max() ?? 0
    }.max() ?? 0
  }

  /// Returns the difference of the held-out predictions; nil without cross-validation.
  func heldOutDifference(_ result: String) throws -> Double? {
    guard let expected = root["cv_holdout"] as? [[Any]] else { return nil }
    let rows = try Self.read("\(result)/cross_validation/predictions.csv").dropFirst()
    return Self.difference(Array(rows), expected)
  }

  /// Returns nil if H2O exported none.
  func weightDifference(_ result: String) throws -> Double? {
    guard let weights = root["weights"] as? [[[Double]]] else { return nil }
    let biases = try require(root["biases"] as? [[Double]], #function)
    var largest = 0.0
    for layer in weights.indices {
      for (name, expected) in [("weights", weights[layer]), ("biases", biases[layer].map { [$0] })] {
        let rows = try Self.read("\(result)/weights/\(name)_\(layer).csv").dropFirst()
        guard rows.count == expected.count else { return .infinity }
        for (row, golden) in zip(rows, expected) {
          for (field, value) in zip(row, golden) { largest = max(largest, Self.gap(Double(field), value)) }
        }
      }
    }
    return largest
  }

  /// Relative to the metric if that is above 1.
  func metricDifference(_ result: String) throws -> Double {
    let bytes = try FileSystem().read("\(result)/metrics.json", limit: 1 << 24)
    let found = try require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any], #function)
    var largest = 0.0
    for part in ["training", "validation", "cross_validation"] {
      guard let golden = root["\(part)_metrics"] as? [String: Any] else { continue }
      let metrics = try require(found[part] as? [String: Any], #function)
      let names = [
        "MSE", "RMSE", "nobs", "r2", "logloss", "AUC", "pr_auc", "Gini", "mean_per_class_error", "mae",
        "rmsle", "mean_residual_deviance",
      ]
      for name in names {
        guard let value = golden[name] as? Double, !value.isNaN else { continue }
        largest = max(largest, Self.relativeGap(metrics[name] as? Double, value))
      }
    }
    return largest
  }

  /// Returns the difference for the training rows; nil if H2O's predictions for them were not stored.
  func hitRatioDifference(_ result: String) throws -> Double? {
    guard let expected = root["hit_ratios"] as? [Double] else { return nil }
    let bytes = try FileSystem().read("\(result)/metrics.json", limit: 1 << 24)
    let root = try require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any], #function)
    let found = try require((root["training"] as? [String: Any])?["hit_ratios"] as? [Double], #function)
    guard found.count == expected.count else { return .infinity }
    return zip(found, expected).map { Self.gap($0, $1) }.max()
  }

  /// Compares all columns except times; relative to numbers above 1.
  func historyDifference(_ result: String) throws -> Double {
    let golden = try require(root["scoring_history"] as? [String: Any], #function)
    let names = try require(golden["columns"] as? [String], #function)
    let expected = try require(golden["data"] as? [[Any]], #function)
    let rows = try Self.read("\(result)/scoring_history.csv")
    guard rows.count == expected.count + 1 else { return .infinity }
    var largest = 0.0
    for (row, values) in zip(rows.dropFirst(), expected) {
      for (name, value) in zip(names, values) where !["", "timestamp", "duration", "training_speed"].contains(name) {
        guard let index = rows[0].firstIndex(of: name) else { return .infinity }
        if let number = value as? Double {
          largest = max(largest, Self.relativeGap(Double(row[index]), number))
        } else if !row[index].isEmpty {
          return .infinity
        }
      }
    }
    return largest
  }

  /// Compares the table of cross-validation metrics; returns nil without it.
  ///
  /// Values that H2O prints and we lack count as infinite.
  func summaryDifference(_ result: String) throws -> Double? {
    guard let expected = root["cv_summary"] as? [[Any]] else { return nil }
    let rows = try Self.read("\(result)/cross_validation/metrics_summary.csv").dropFirst()
    let found = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0) })
    return expected.map { golden -> Double in
      guard let row = found[golden[0] as? String ?? ""] else { return .infinity }
      // H2O prints a deviation of 0 for values that it has not computed.
      guard golden[1] is Double else { return 0 }
      // H2O prints this table in single precision.
      return Self.largestRelativeGap(row.dropFirst(), golden.dropFirst())
    }.max()
  }

  /// Compares the status of the layers, relative to numbers above 1; returns nil if H2O's
  /// was not stored.
  func modelSummaryDifference(_ result: String) throws -> Double? {
    guard let summary = root["model_summary"] as? [String: Any] else { return nil }
    let expected = try require(summary["rows"] as? [[Any]], #function)
    let rows = try Self.read("\(result)/model_summary.csv").dropFirst()
    guard rows.count == expected.count else { return .infinity }
    return zip(rows, expected).map { row, golden in
      // H2O's rows begin with an empty name.
      zip(row, golden.dropFirst()).map { field, value in
        if let number = value as? Double { return Self.relativeGap(Double(field), number) }
        return field == value as? String ? 0 : .infinity
      }.max() ?? 0
    }.max() ?? 0
  }

  func importanceDifference(_ result: String) throws -> Double {
    guard let expected = root["variable_importances"] as? [[Any]] else { return 0 }
    let rows = try Self.read("\(result)/variable_importances.csv").dropFirst()
    let found = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0) })
    guard rows.count == expected.count else { return .infinity }
    return expected.map { golden in
      guard let row = found[golden[0] as? String ?? ""] else { return .infinity }
      return (1...3).map { Self.gap(Double(row[$0]), golden[$0] as? Double ?? .nan) }.max() ?? 0
    }.max() ?? 0
  }

  /// Compares the gains/lift table of the training rows, relative to numbers above 1; returns nil
  /// if H2O has none.
  ///
  /// Cells that are not numbers in H2O's table are skipped.
  func gainsLiftDifference(_ result: String) throws -> Double? {
    guard let expected = root["gains_lift"] as? [[Any]] else { return nil }
    let rows = try Self.read("\(result)/gains_lift_training.csv").dropFirst()
    guard rows.count == expected.count else { return .infinity }
    return zip(rows, expected).map { Self.largestRelativeGap($0[...], $1[...]) }.max()
  }

  /// Compares reconstruction errors and the first hidden layer; returns nil unless the model is
  /// an autoencoder.
  func autoencoderDifference(_ result: String, _ table: String) throws -> Double? {
    guard let anomaly = root["anomaly"] as? [Double], let features = root["deepfeatures0"] as? [[Double]] else {
      return nil
    }
    let (model, rows) = try Project.encoded(result, table)
    let scorer = ModelScorer(threads: 2)
    let found =
      scorer.reconstructionErrors(model, rows) + scorer.deepFeatures(model, rows, layer: 0)
    let expected = anomaly + features.joined()
    guard found.count == expected.count else { return .infinity }
    return zip(found, expected).map { abs($0 - $1) }.max()
  }

  /// Returns the difference from H2O's number; infinite if there is none.
  private static func gap(_ found: Double?, _ expected: Double) -> Double {
    guard let found, !found.isNaN, !expected.isNaN else { return .infinity }
    return abs(found - expected)
  }

  /// Relative to numbers above 1.
  private static func relativeGap(_ found: Double?, _ expected: Double) -> Double {
    gap(found, expected) / max(1, abs(expected))
  }

  /// Compares a row of a table; cells that are not numbers in H2O's table are skipped.
  private static func largestRelativeGap(_ row: ArraySlice<String>, _ golden: ArraySlice<Any>) -> Double {
    zip(row, golden).map { field, value in (value as? Double).map { relativeGap(Double(field), $0) } ?? 0 }.max() ?? 0
  }

  private static func read(_ path: String) throws -> [[String]] {
    lines(String(decoding: try FileSystem().read(path, limit: 1 << 28), as: UTF8.self))
  }

  /// Reads our own tables, whose fields contain no line ends.
  private static func lines(_ csv: String) -> [[String]] {
    csv.split(separator: "\n").map { line in
      var (fields, isQuoted) = ([""], false)
      var last: Character?
      for character in line {
        switch character {
        case "\"":
          // A doubled quote inside quotes is a literal quote.
          if !isQuoted, last == "\"" { fields[fields.count - 1].append("\"") }
          isQuoted.toggle()
        case "," where !isQuoted: fields.append("")
        default: fields[fields.count - 1].append(character)
        }
        last = character
      }
      return fields
    }
  }
}
