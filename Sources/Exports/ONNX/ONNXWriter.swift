internal import DataFrames
internal import DeepLearning
package import Models

/// Writes a model as an ONNX graph that takes raw rows.
///
/// Each column is an input of the same name, with one value per row. Numbers are doubles: NaN is
/// missing, and times are milliseconds since 1970. Categorical columns are strings: "" and unknown
/// levels are missing; for surrounding blanks see ``PaddedLevels``.
///
/// The outputs are `predict` and, for classes, `probabilities`; for autoencoders `reconstruction`
/// and `anomaly`. Scaling is in double precision, the network in single precision.
package struct ONNXWriter {
  /// The network that is written now; all networks have the same inputs.
  private(set) var model: Model
  /// The networks in plain form, with their shares.
  private let networks: [(share: Double, model: Model)]
  /// The beginning of the names of a network's own values; empty for a single network.
  private var prefix = ""
  var graph = ONNXGraph()

  /// - Throws: ``ExportError/inexpressible(format:reason:)`` if the operators cannot express the model.
  package init(_ model: Model) throws(ExportError) {
    var networks: [(share: Double, model: Model)] = []
    for (share, network) in model.networks { networks.append((share, try PlainModel.of(network, format: "ONNX"))) }
    self.networks = networks
    self.model = networks[0].model
    if let name = self.model.encoding.categoricals.first(where: { $0.levels.contains("") })?.name {
      throw .inexpressible(
        format: "ONNX", reason: "column '\(name)' has an empty level, which means missing in ONNX")
    }
    if let name = columnNames.first(where: { Self.reserved.contains($0) || $0.hasPrefix("_") }) {
      throw .inexpressible(format: "ONNX", reason: "the column name '\(name)' is one of the graph's own names")
    }
  }

  private static let reserved = ["predict", "probabilities", "reconstruction", "anomaly"]

  private var columnNames: [String] {
    model.encoding.categoricals.map(\.name) + model.encoding.numerics.map(\.name)
      + [model.encoding.offset].compactMap { $0 }
  }

  /// Returns the content of the file.
  ///
  /// - `producerVersion`: The version of this program.
  package mutating func bytes(producerVersion: String) -> [UInt8] {
    makeGraph().bytes(producerVersion: producerVersion)
  }

  mutating func makeGraph() -> ONNXGraph {
    graph = ONNXGraph()
    (model, prefix) = (networks[0].model, "")
    graph.metadata = model.encoding.inputNotes
    let codes = addCategoricalInputs()
    let numerics = addNumericInputs()
    if model.objective.reconstructed != nil {
      addAutoencoder(codes: codes, numerics: numerics)
    } else {
      addSupervised(codes: codes, numerics: numerics)
    }
    return graph
  }

  // MARK: Pieces

  mutating func add(
    _ type: String, _ inputs: [String], _ output: String, _ attributes: [String: ONNXGraph.Node.Attribute] = [:],
    isMachineLearning: Bool = false
  ) -> String {
    let output = named(output)
    graph.nodes.append(
      .init(
        type: type, inputs: inputs, outputs: [output], attributes: attributes, isMachineLearning: isMachineLearning))
    return output
  }

  mutating func constant(_ name: String, _ shape: [Int], _ values: ONNXGraph.Tensor.Values) -> String {
    let name = named(name)
    graph.constants.append(.init(name: name, shape: shape, values: values))
    return name
  }

  /// Returns a name that the network does not share with others; names of the graph's outputs stay as they are.
  private func named(_ name: String) -> String { name.hasPrefix("_") ? prefix + name : name }

  /// Adds the outputs of every network with `body`, and their mean as `name`.
  ///
  /// `body` adds the outputs of the current network under a name.
  mutating func addMean(_ name: String, isDouble: Bool, _ body: (inout Self, String) -> String) -> String {
    guard networks.count > 1 else { return body(&self, name) }
    var sum: String?
    for (index, network) in networks.enumerated() {
      (model, prefix) = (network.model, "_network_\(index)")
      let output = body(&self, "_mean")
      let share = constant("_part", [1], isDouble ? .doubles([network.share]) : .floats([Float(network.share)]))
      let part = add("Mul", [output, share], "_shared")
      if index == networks.count - 1 { prefix = "" }
      sum = sum.map { add("Add", [$0, part], index == networks.count - 1 ? name : "_total_mean") } ?? part
    }
    model = networks[0].model
    return sum ?? name
  }

  mutating func cast(_ value: String, to type: ONNXGraph.ElementType, _ output: String) -> String {
    add("Cast", [value], output, ["to": .integer(type.rawValue)])
  }

  /// Adds the categorical inputs; returns one list per column with the index of the level of each row.
  ///
  /// The index of missing and unknown levels is the number of levels.
  private mutating func addCategoricalInputs() -> [String] {
    let flat = model.encoding.categoricals.isEmpty ? "" : constant("_flat", [1], .integers([-1]))
    return model.encoding.categoricals.enumerated().map { index, column in
      graph.inputs.append(.init(name: column.name, type: .string, columns: 1))
      let padded = PaddedLevels(column.levels)
      let encoded = add(
        "LabelEncoder", [column.name], "_level_\(index)",
        [
          "keys_strings": .strings(padded.keys), "values_int64s": .integers(padded.levels),
          "default_int64": .integer(column.levels.count),
        ], isMachineLearning: true)
      return add("Reshape", [encoded, flat], "_code_\(index)")
    }
  }

  /// Adds the numeric inputs; returns the scaled numbers [rows x numeric columns], or nil without numeric columns.
  private mutating func addNumericInputs() -> String? {
    let (numerics, count) = (model.encoding.numerics, model.encoding.numerics.count)
    guard count > 0 else { return nil }
    let gaps = Dictionary(uniqueKeysWithValues: zip(model.encoding.indicatorNames, model.encoding.indicators))
    let sources = numerics.enumerated().map { index, column in
      if let gap = gaps[column.name] {
        return cast(add("IsNaN", [gap], "_gap_\(index)"), to: .double, "_told_\(index)")
      }
      graph.inputs.append(.init(name: column.name, type: .double, columns: 1))
      return column.name
    }
    let raw = add("Concat", sources, "_raw", ["axis": .integer(1)])
    let centred = add(
      "Sub", [raw, constant("_subtract", [1, count], .doubles(numerics.map(\.subtract)))], "_centred")
    let scaled = add(
      "Mul", [centred, constant("_multiply", [1, count], .doubles(numerics.map(\.multiply)))], "_scaled")
    let isMissing = add("IsNaN", [scaled], "_missing")
    let clipped = model.encoding.clips ? addClip(scaled) : scaled
    let isZero = model.rules.tables.scoredGaps == .zeroInput
    let replacements = numerics.map { isZero ? 0 : $0.input($0.mean) }
    let filled = add(
      "Where", [isMissing, constant("_replacement", [1, count], .doubles(replacements)), clipped], "_filled")
    return cast(filled, to: .float, "_numbers")
  }

  /// Adds the smooth clip of the scaled numbers, x / sqrt(1 + (x / clip)^2); without a clip of its own, a column has an
  /// infinite one.
  private mutating func addClip(_ scaled: String) -> String {
    let count = model.encoding.numerics.count
    let inverses = model.encoding.numerics.map { $0.clip.map { 1 / $0 } ?? 0 }
    let shares = add("Mul", [scaled, constant("_clip", [1, count], .doubles(inverses))], "_shares")
    let squares = add("Mul", [shares, shares], "_squares")
    let sums = add("Add", [squares, constant("_one", [1, count], .doubles(inverses.map { _ in 1 }))], "_sums")
    return add("Div", [scaled, add("Sqrt", [sums], "_roots")], "_clipped")
  }

  /// Adds the first layer; returns its net inputs, the sum of a weight row per level and a product for the numbers.
  mutating func addFirstLayer(codes: [String], numerics: String?, channel: Int) -> String {
    let (encoding, topology) = (model.encoding, model.topology)
    let suffix = "0_\(channel)"
    var terms: [String] = []
    for (index, column) in encoding.categoricals.enumerated() {
      let inputs = column.levels.indices.map { encoding.unit(column, level: $0) } + [encoding.missingUnit(column)]
      let rows = inputs.flatMap { input in
        (0..<topology.units(of: 0)).map { unit in input.map { weight(0, unit, $0, channel) } ?? 0 }
      }
      let table = constant("_levels_\(index)_\(suffix)", [inputs.count, topology.units(of: 0)], .floats(rows))
      terms.append(add("Gather", [table, codes[index]], "_chosen_\(index)_\(suffix)", ["axis": .integer(0)]))
    }
    let biases = constant("_biases_\(suffix)", [topology.units(of: 0)], .floats(self.biases(0, channel)))
    if let numerics {
      let weights = (0..<topology.units(of: 0)).flatMap { unit in
        (encoding.categoricalInputs..<topology.inputs).map { weight(0, unit, $0, channel) }
      }
      let matrix = constant(
        "_weights_\(suffix)", [topology.units(of: 0), encoding.numerics.count], .floats(weights))
      terms.append(add("Gemm", [numerics, matrix, biases], "_product_\(suffix)", ["transB": .integer(1)]))
    } else {
      terms.append(biases)
    }
    return sum(terms, suffix)
  }

  private mutating func sum(_ terms: [String], _ suffix: String) -> String {
    var sum = terms[0]
    for (index, term) in terms.enumerated().dropFirst() { sum = add("Add", [sum, term], "_sum_\(index)_\(suffix)") }
    return sum
  }

  mutating func addLayer(_ layer: Int, below: String, channel: Int) -> String {
    let topology = model.topology
    let (units, inputs) = (topology.units(of: layer), topology.inputs(of: layer))
    let weights = (0..<units).flatMap { unit in (0..<inputs).map { weight(layer, unit, $0, channel) } }
    let suffix = "\(layer)_\(channel)"
    let matrix = constant("_weights_\(suffix)", [units, inputs], .floats(weights))
    let biases = constant("_biases_\(suffix)", [units], .floats(self.biases(layer, channel)))
    return add("Gemm", [below, matrix, biases], "_product_\(suffix)", ["transB": .integer(1)])
  }

  private func weight(_ layer: Int, _ unit: Int, _ input: Int, _ channel: Int) -> Float {
    let topology = model.topology
    let place = (unit * topology.inputs(of: layer) + input) * topology.channels(of: layer) + channel
    return model.state.layers[layer].weights[place]
  }

  private func biases(_ layer: Int, _ channel: Int) -> [Float] {
    let (topology, biases) = (model.topology, model.state.layers[layer].biases)
    return (0..<topology.units(of: layer)).map { Float(biases[$0 * topology.channels(of: layer) + channel]) }
  }

  mutating func activate(_ channels: [String], layer: Int) -> String {
    let name = "_active_\(layer)"
    switch model.topology.activation {
    case .tanh: return add("Tanh", channels, name)
    case .rectifier: return add("Relu", channels, name)
    case .expRectifier: return add("Elu", channels, name, ["alpha": .float(1)])
    case .selu: return add("Selu", channels, name)
    case .mish:
      let softplus = add("Softplus", channels, "_softplus_\(layer)")
      return add("Mul", [channels[0], add("Tanh", [softplus], "_tangent_\(layer)")], name)
    case .maxout: return channels.count > 1 ? add("Max", channels, name) : channels[0]
    }
  }

  /// Adds the network; returns the net inputs of the output layer.
  ///
  /// `first` adds the first layer for a channel.
  mutating func addNetwork(_ first: (inout Self, Int) -> String) -> String {
    let topology = model.topology
    var below = ""
    for layer in 0..<topology.weightLayers {
      let channels = (0..<topology.channels(of: layer)).map { channel in
        layer == 0 ? first(&self, channel) : addLayer(layer, below: below, channel: channel)
      }
      guard !topology.isOutput(layer) else { return channels[0] }
      below = activate(channels, layer: layer)
      let scale = model.dropout.scoringScale(hiddenLayer: layer)
      if scale != 1 {
        below = add("Mul", [below, constant("_kept_\(layer)", [1], .floats([Float(scale)]))], "_rescaled_\(layer)")
      }
    }
    preconditionFailure("a network has an output layer")
  }
}
