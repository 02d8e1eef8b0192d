internal import DataFrames
internal import DeepLearning
package import Models

/// Writes a model as an H2O MOJO (h2o-behaviour.md#mojo), which H2O's own reader can load and score.
///
/// H2O 3.46.0.12 itself refuses to export Deep Learning models in this format.
package struct MOJOWriter {
  private let model: Model
  private let identifier: UInt64

  /// - `identifier`: The identity of the model; stored in the archive as its uuid.
  /// - Throws: ``ExportError/inexpressible(format:reason:)`` if the format cannot express the model.
  package init(_ model: Model, identifier: UInt64) throws(ExportError) {
    if let ensemble = model.ensemble {
      throw .inexpressible(
        format: "MOJO",
        reason:
          "the model averages \(ensemble.networkCount) networks, and a MOJO has one; export as ONNX, or export "
          + "one of the models of the search")
    }
    if let offset = model.encoding.offset {
      throw .inexpressible(
        format: "MOJO",
        reason: "it cannot store offset_column '\(offset)', without which predictions would be wrong")
    }
    let columns = model.encoding.categoricals.map(\.name) + model.encoding.numerics.map(\.name)
    if let name = columns.first(where: { !Self.isExpressible($0) }) {
      throw .inexpressible(
        format: "MOJO",
        reason: "the column name '\(name)' starts with '#' or a blank, ends with a blank, or contains line ends")
    }
    if !model.topology.activation.isKnownToH2O {
      throw .inexpressible(
        format: "MOJO",
        reason: "H2O does not have the activation \(model.topology.activation.rawValue); export as ONNX, or train with "
          + "another activation")
    }
    if let distribution = model.objective.distribution, !distribution.isKnownToH2O {
      throw .inexpressible(
        format: "MOJO",
        reason: "H2O does not have the distribution \(distribution.name); export as ONNX, or train with another one")
    }
    if model.encoding.clips {
      throw .inexpressible(
        format: "MOJO",
        reason: "it cannot store numeric_transform: RobustClip, without which predictions would be wrong; export as "
          + "ONNX, or train without it")
    }
    let plain = try PlainModel.of(model, format: "MOJO")
    if let name = plain.encoding.indicatorNames.first {
      throw .inexpressible(
        format: "MOJO",
        reason:
          "it cannot store missing_indicators, such as the input '\(name)', without which predictions would be "
          + "wrong; export as ONNX, or train without them")
    }
    self.model = Self.centred(plain)
    self.identifier = identifier
  }

  private static func isExpressible(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix("#") && name.first?.isWhitespace == false && name.last?.isWhitespace == false
      && !name.contains { $0.isNewline }
  }

  /// Returns the zip archive; the same model and identifier give the same bytes.
  package func bytes() throws(ExportError) -> [UInt8] {
    var entries: [(name: String, bytes: [UInt8])] = []
    var ini = "[info]\n" + information.map { "\($0) = \($1)\n" }.joined() + "\n[columns]\n"
    let encoding = model.encoding
    let columns = encoding.categoricals.map(\.name) + encoding.numerics.map(\.name)
    ini += (columns + [encoding.response.name].compactMap { $0 }).map { "\($0)\n" }.joined() + "\n[domains]\n"
    var domains = encoding.categoricals.enumerated().map { ($0, $1.levels) }
    if let classes = model.classes { domains.append((columns.count, classes)) }
    for (number, (column, levels)) in domains.enumerated() {
      let digits = String(number)
      let file = "d" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits + ".txt"
      ini += "\(column): \(levels.count) \(file)\n"
      entries.append(("domains/\(file)", Array(levels.map { MOJOText.escaped($0) + "\n" }.joined().utf8)))
    }
    return try ZipArchive.bytes([("model.ini", Array(ini.utf8))] + entries)
  }

  private var information: [(String, String)] { common + network + own }

  /// Settings for deepspool's reader, which H2O's reader skips: the indexes of columns that hold times.
  ///
  /// H2O takes the types of columns from the table that it scores.
  private var own: [(String, String)] {
    let times = model.encoding.numerics.indices.filter { model.encoding.numerics[$0].isTime }
    return times.isEmpty
      ? [] : [(MOJOArchive.timeColumns, MOJOText.list(times.map { $0 + model.encoding.categoricals.count }))]
  }

  private var common: [(String, String)] {
    let encoding = model.encoding
    let features = encoding.categoricals.count + encoding.numerics.count
    let isSupervised = encoding.response.name != nil
    let classCount = model.classes?.count ?? 1
    // The reader multiplies by prior / model and divides by the sum, so only the known ratios matter.
    let factors = model.classCorrection
    let shares = factors.map { factors in factors.map { $0 / factors.reduce(0, +) } }
    let uniform = [Double](repeating: 1 / Double(classCount), count: classCount)
    return [
      ("h2o_version", "3.46.0.12"), ("mojo_version", "1.10"), ("license", "Apache License Version 2.0"),
      ("algo", "deeplearning"), ("algorithm", "Deep Learning"), ("endianness", "LITTLE_ENDIAN"),
      ("category", model.category), ("uuid", String(identifier)), ("supervised", String(isSupervised)),
      ("n_features", String(features)), ("n_classes", String(classCount)),
      ("n_columns", String(features + (isSupervised ? 1 : 0))),
      ("n_domains", String(encoding.categoricals.count + (model.classes == nil ? 0 : 1))),
      ("balance_classes", String(factors != nil)),
      ("default_threshold", MOJOText.number(model.defaultThreshold)),
      ("prior_class_distrib", shares.map(MOJOText.list) ?? (model.classes == nil ? "null" : MOJOText.list(uniform))),
      ("model_class_distrib", factors == nil ? "null" : MOJOText.list(uniform)),
      // A fixed time, so that the same job gives the same bytes.
      ("timestamp", "2026-01-01T00:00:00.000Z"), ("escape_domain_values", "true"),
    ]
  }

  private var network: [(String, String)] {
    let (encoding, topology) = (model.encoding, model.topology)
    let offsets = encoding.categoricals.map(\.firstUnit) + [encoding.categoricalUnits]
    var response: (multiply: String, subtract: String) = ("null", "null")
    if case .number(_, let subtract, let multiply) = encoding.response, subtract != 0 || multiply != 1 {
      response = (MOJOText.list([multiply]), MOJOText.list([subtract]))
    }
    var lines: [(String, String)] = [
      ("mini_batch_size", "1"), ("nums", String(encoding.numerics.count)),
      ("cats", String(encoding.categoricals.count)), ("cat_offsets", MOJOText.list(offsets)),
      ("norm_mul", encoding.numerics.isEmpty ? "null" : MOJOText.list(encoding.numerics.map(\.multiply))),
      ("norm_sub", encoding.numerics.isEmpty ? "null" : MOJOText.list(encoding.numerics.map(\.subtract))),
      ("norm_resp_mul", response.multiply), ("norm_resp_sub", response.subtract),
      ("use_all_factor_levels", String(encoding.usesAllLevels)), ("activation", activation),
      ("distribution", model.objective.distributionName(classCount: model.classes?.count ?? 1)),
      ("mean_imputation", "true"),
    ]
    if !encoding.categoricals.isEmpty {
      lines.append(
        ("cat_modes", MOJOText.list(encoding.categoricals.map { encoding.unitCount(levelCount: $0.levels.count) - 1 })))
    }
    lines.append(("neural_network_sizes", MOJOText.list(topology.units)))
    for (index, layer) in model.state.layers.enumerated() {
      lines.append(("weight_layer\(index)", MOJOText.list(layer.weights)))
      lines.append(("bias_layer\(index)", MOJOText.list(layer.biases)))
    }
    let ratios = topology.hidden.indices.map { model.dropout.hiddenRatios?[$0] ?? 0 } + [0]
    lines.append(("hidden_dropout_ratios", MOJOText.list(ratios)))
    lines.append(("_genmodel_encoding", "AUTO"))
    lines.append(("_orig_projection_array", "null"))
    return lines
  }

  private var activation: String {
    model.topology.activation.rawValue + (model.dropout.hiddenRatios == nil ? "" : "WithDropout")
  }

  /// Returns the model with centred numbers, so that a missing number, which the reader replaces by
  /// input 0, scores as in the model itself.
  ///
  /// The shift of the inputs is added to the biases of the first layer.
  private static func centred(_ model: Model) -> Model {
    guard model.rules.tables.scoredGaps == .mean else { return model }
    let encoding = model.encoding
    let shifts = encoding.numerics.map { ($0.mean - $0.subtract) * $0.multiply }
    // Autoencoders are centred already, unless they are sparse; the outputs of sparse ones could not be shifted.
    guard shifts.contains(where: { $0 != 0 }), model.objective.reconstructed == nil else { return model }
    let topology = model.topology
    let (inputs, channels) = (topology.inputs, topology.channels(of: 0))
    var state = model.state
    for unit in 0..<topology.units(of: 0) {
      for channel in 0..<channels {
        for (index, shift) in shifts.enumerated() where shift != 0 {
          let input = encoding.categoricalInputs + index
          state.layers[0].biases[unit * channels + channel] +=
            shift * Double(model.state.layers[0].weights[(unit * inputs + input) * channels + channel])
        }
      }
    }
    return Model(
      topology: topology, objective: model.objective, dropout: model.dropout,
      encoding: RowEncoding(
        transforms: encoding.transforms, categoricals: encoding.categoricals,
        numerics: encoding.numerics.map {
          .init(name: $0.name, mean: $0.mean, subtract: $0.mean, multiply: $0.multiply, isTime: $0.isTime)
        },
        usesAllLevels: encoding.usesAllLevels, isSparse: false, response: encoding.response,
        weights: encoding.weights, offset: encoding.offset),
      rules: model.rules, classCorrection: model.classCorrection, state: state,
      huberAlpha: model.huberAlpha,
      defaultThreshold: model.defaultThreshold)
  }
}
