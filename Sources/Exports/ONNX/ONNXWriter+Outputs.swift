internal import DataFrames
internal import DeepLearning
internal import Models

/// The ends of the graph: classes, a response, or a reconstruction.
extension ONNXWriter {
  mutating func addSupervised(codes: [String], numerics: String?) {
    func network(_ writer: inout Self) -> String {
      writer.addNetwork { $0.addFirstLayer(codes: codes, numerics: numerics, channel: $1) }
    }
    if let classes = model.classes {
      let probabilities = addMean("probabilities", isDouble: false) { writer, name in
        let output = network(&writer)
        return writer.addProbabilities(classes, output, name)
      }
      addClasses(classes, probabilities)
    } else {
      _ = addMean("predict", isDouble: true) { writer, name in
        let output = network(&writer)
        return writer.addResponse(output, name)
      }
      graph.outputs = [.init(name: "predict", type: .double, columns: 1)]
    }
  }

  /// Adds the probabilities of a network under a name.
  private mutating func addProbabilities(_ classes: [String], _ output: String, _ name: String) -> String {
    if let correction = model.classCorrection {
      let softmax = add("Softmax", [output], "_softmax", ["axis": .integer(1)])
      let factors = constant("_correction", [1, classes.count], .floats(correction.map { Float($0) }))
      let corrected = add("Mul", [softmax, factors], "_corrected")
      let total = add("ReduceSum", [corrected, constant("_columns", [1], .integers([1]))], "_total")
      return add("Div", [corrected, total], name)
    }
    return add("Softmax", [output], name, ["axis": .integer(1)])
  }

  private mutating func addClasses(_ classes: [String], _ probabilities: String) {
    let code: String
    if classes.count == 2 {
      let second = add(
        "Gather", [probabilities, constant("_second", [1], .integers([1]))], "_p1", ["axis": .integer(1)])
      let threshold = constant("_threshold", [1], .floats([Float(model.defaultThreshold)]))
      code = cast(add("GreaterOrEqual", [second, threshold], "_reached"), to: .int64, "_class")
    } else {
      code = add("ArgMax", [probabilities], "_class", ["axis": .integer(1), "keepdims": .integer(1)])
    }
    _ = add(
      "LabelEncoder", [code], "predict",
      [
        "keys_int64s": .integers(Array(classes.indices)), "values_strings": .strings(classes),
        "default_string": .string(""),
      ], isMachineLearning: true)
    graph.outputs = [
      .init(name: "predict", type: .string, columns: 1),
      .init(name: "probabilities", type: .float, columns: classes.count),
    ]
    for (index, name) in classes.enumerated() { graph.metadata.append(("class_\(index)", name)) }
  }

  /// Adds the prediction of a network under a name.
  private mutating func addResponse(_ output: String, _ name: String) -> String {
    var value = cast(output, to: .double, "_linear")
    if let offset = model.encoding.offset { value = addOffset(offset, to: value) }
    guard case .number(_, let subtract, let multiply) = model.encoding.response,
      case .regression(let distribution) = model.objective
    else { preconditionFailure("a regression has a numeric response") }
    let divided = add("Div", [value, constant("_response_multiply", [1], .doubles([multiply]))], "_divided")
    let isLinear = distribution.hasIdentityLink
    let linear = add(
      "Add", [divided, constant("_response_subtract", [1], .doubles([subtract]))], isLinear ? name : "_response")
    guard !isLinear else { return linear }
    let grown = add("Exp", [linear], "_grown")
    return add("Min", [grown, constant("_largest", [1], .doubles([Elementary.boundedExp(.infinity)]))], name)
  }

  private mutating func addOffset(_ name: String, to value: String) -> String {
    // Networks share the input.
    if !graph.inputs.contains(where: { $0.name == name }) {
      graph.inputs.append(.init(name: name, type: .double, columns: 1))
    }
    guard case .number(_, let subtract, let multiply) = model.encoding.response else { return value }
    let factor = constant("_offset_multiply", [1], .doubles([multiply]))
    guard model.rules.tables.offsets == .meanIfPositive else {
      return add("Add", [value, add("Mul", [name, factor], "_offset")], "_shifted")
    }
    let zero = constant("_zero", [1], .doubles([0]))
    let centred = add("Sub", [name, constant("_offset_subtract", [1], .doubles([subtract]))], "_offset_centred")
    let scaled = add("Mul", [centred, factor], "_offset_scaled")
    let used = add("Where", [add("Greater", [name, zero], "_offset_counts"), scaled, zero], "_offset")
    return add("Add", [value, used], "_shifted")
  }

  mutating func addAutoencoder(codes: [String], numerics: String?) {
    let (encoding, topology) = (model.encoding, model.topology)
    var parts: [String] = []
    if !codes.isEmpty {
      let ends = constant("_off_on", [2], .floats([0, 1]))
      for (index, column) in encoding.categoricals.enumerated() {
        let depth = constant("_depth_\(index)", [1], .integers([encoding.unitCount(levelCount: column.levels.count)]))
        parts.append(add("OneHot", [codes[index], depth, ends], "_onehot_\(index)", ["axis": .integer(1)]))
      }
    }
    if let numerics { parts.append(numerics) }
    let inputs = parts.count == 1 ? parts[0] : add("Concat", parts, "_inputs", ["axis": .integer(1)])
    let net = addNetwork { $0.addLayer(0, below: inputs, channel: $1) }
    let output = activate([net], layer: topology.hidden.count)
    let multiply = [Double](repeating: 1, count: encoding.categoricalInputs) + encoding.numerics.map(\.multiply)
    let subtract = [Double](repeating: 0, count: encoding.categoricalInputs) + encoding.numerics.map(\.subtract)
    let count = topology.inputs
    let exact = cast(output, to: .double, "_output")
    let divided = add("Div", [exact, constant("_unit_multiply", [1, count], .doubles(multiply))], "_divided")
    _ = add("Add", [divided, constant("_unit_subtract", [1, count], .doubles(subtract))], "reconstruction")
    let difference = add("Sub", [output, inputs], "_difference")
    let square = add("Mul", [difference, difference], "_square")
    let total = add("ReduceSum", [square, constant("_columns", [1], .integers([1]))], "_total")
    let mean = add("Mul", [total, constant("_share", [1], .floats([1 / Float(count)]))], "_mean")
    _ = cast(mean, to: .double, "anomaly")
    graph.outputs = [
      .init(name: "reconstruction", type: .double, columns: count), .init(name: "anomaly", type: .double, columns: 1),
    ]
    for (index, name) in encoding.inputNames.enumerated() { graph.metadata.append(("unit_\(index)", name)) }
  }
}
