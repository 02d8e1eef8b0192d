internal import DataFrames
internal import DeepLearning
internal import FoundationEssentials
internal import JobFiles
internal import Models
internal import Training

/// The CSV tables of a model: layers, history, importances and weights.
enum ModelTables {
  /// Returns "Status of neuron layers" with H2O's columns.
  ///
  /// Under h2o-3.46 the columns called rms are deviations, as in H2O.
  static func summary(_ model: Model, options: LearningOptions, samples: Int) -> CSVText {
    var csv = CSVText(header: [
      "layer", "units", "type", "dropout", "l1", "l2", "mean_rate", "rate_rms", "momentum", "mean_weight",
      "weight_rms", "mean_bias", "bias_rms",
    ])
    let topology = model.topology
    csv.append(
      [.int(1), .int(topology.inputs), .text("Input"), .number(100 * model.dropout.inputRatio)]
        + [CSVText.Cell](repeating: .empty, count: 9))
    for layer in 0..<topology.weightLayers {
      let statistics = LayerStatistics(
        model.state.layers[layer], index: layer, rule: options.rule, samples: samples, rules: options.rules)
      let isOutput = topology.isOutput(layer)
      let ratio: CSVText.Cell = isOutput ? .empty : .number(100 * (model.dropout.hiddenRatios?[layer] ?? 0))
      csv.append([
        .int(layer + 2), .int(topology.units(of: layer)), .text(type(of: layer, model)), ratio,
        .number(options.penalty.l1), .number(options.penalty.l2), .number(statistics.rate.mean),
        .number(statistics.rate.rms), .number(statistics.momentum), .number(statistics.weight.mean),
        .number(statistics.weight.rms), .number(statistics.bias.mean), .number(statistics.bias.rms),
      ])
    }
    return csv
  }

  private static func type(of layer: Int, _ model: Model) -> String {
    if model.topology.isOutput(layer) {
      if model.objective.reconstructed != nil { return model.topology.activation.rawValue }
      return model.classes == nil ? "Linear" : "Softmax"
    }
    return model.topology.activation.rawValue + (model.dropout.hiddenRatios == nil ? "" : "Dropout")
  }

  /// Returns the scoring history with H2O's columns.
  static func history(_ rows: [ScoringHistoryRow], metricNames: [String]) -> CSVText {
    let hasValidation = rows.contains { $0.validation != nil }
    var csv = CSVText(
      header: ["timestamp", "duration", "training_speed", "epochs", "iterations", "samples"]
        + metricNames.map { "training_\($0)" } + (hasValidation ? metricNames.map { "validation_\($0)" } : []))
    for row in rows {
      let speed = row.samplesPerSecond.map { CSVText.Cell.text("\(Int(min($0, 1e15))) obs/sec") } ?? .empty
      csv.append(
        [
          .text(timestamp(row.timestampSeconds)), .text(duration(row.elapsedSeconds)), speed, .number(row.epochs),
          .int(row.iterations), .int(row.samples),
        ] + cells(row.training, metricNames)
          + (hasValidation ? cells(row.validation ?? [], metricNames) : []))
    }
    return csv
  }

  /// Returns one cell per metric.
  ///
  /// If a continued training adds a custom metric, earlier rows lack it.
  private static func cells(_ values: [Double], _ names: [String]) -> [CSVText.Cell] {
    names.indices.map { $0 < values.count ? .number(values[$0]) : .empty }
  }

  private static func timestamp(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds.rounded(.down)).formatted(.iso8601)
  }

  private static func duration(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded())
    let fraction = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction) sec"
  }

  /// Returns the importances with H2O's columns.
  static func importances(_ ranked: [InputImportance]) -> CSVText {
    var csv = CSVText(header: ["variable", "relative_importance", "scaled_importance", "percentage"])
    let largest = ranked.first?.value ?? 0
    for input in ranked {
      csv.append([
        .text(input.name), .number(input.value), .number(largest > 0 ? input.value / largest : .nan),
        .number(input.share),
      ])
    }
    return csv
  }

  /// Returns the importances of whole columns.
  static func columnImportances(_ columns: [ColumnImportance]) -> CSVText {
    var csv = CSVText(header: ["column", "percentage", "inputs"])
    for column in columns {
      csv.append([.text(column.name), .number(column.share), .int(max(1, column.parts.count))])
    }
    return csv
  }

  /// Returns the weights of a layer in H2O's export format: one row per unit (per channel of a unit
  /// for Maxout), one column per input.
  static func weights(_ model: Model, layer: Int) -> CSVText {
    let inputs = model.topology.inputs(of: layer)
    let names = layer == 0 ? model.encoding.inputNames : (1...inputs).map { "C\($0)" }
    var csv = CSVText(header: names)
    let weights = model.state.layers[layer].weights
    for start in stride(from: 0, to: weights.count, by: inputs) {
      csv.append(weights[start..<start + inputs].map { .number(Double($0)) })
    }
    return csv
  }

  /// Returns the biases of a layer in a single column C1.
  static func biases(_ model: Model, layer: Int) -> CSVText {
    var csv = CSVText(header: ["C1"])
    for bias in model.state.layers[layer].biases { csv.append([.number(bias)]) }
    return csv
  }
}
