internal import DataFrames
internal import DeepLearning
package import Models

/// Reads a Deep Learning MOJO, written by H2O or deepspool, as a model that scores as H2O's reader
/// does (h2o-behaviour.md#mojo-scoring).
package enum MOJOReader {
  /// Returns true if the bytes begin like a zip archive.
  package static func recognises(_ bytes: some Sequence<UInt8>) -> Bool { bytes.starts(with: [0x50, 0x4B, 3, 4]) }

  /// The maximum size of an unpacked archive.
  package static let maximumBytes = 4 << 30

  /// Reads the model in the archive.
  ///
  /// - Throws: ``ExportError`` naming the invalid entry or the unsupported kind of model.
  package static func model(_ bytes: [UInt8], maximumBytes: Int = maximumBytes) throws(ExportError) -> Model {
    let archive = try MOJOArchive(bytes, maximumBytes: maximumBytes)
    guard archive.text("algo") == "deeplearning" || archive.text("algorithm") == "Deep Learning" else {
      throw .unsupported(reason: "it holds a model of '\(archive.text("algorithm") ?? "unknown")', not Deep Learning")
    }
    if let encoding = archive.text("_genmodel_encoding"),
      !["AUTO", "SortByResponse", "OneHotInternal"].contains(encoding)
    {
      throw .unsupported(reason: "its categorical columns are encoded by \(encoding); only OneHotInternal is supported")
    }
    let category = archive.text("category") ?? ""
    let shape = try MOJOShape(archive)
    let encoding = try encoding(archive, shape, category: String(category))
    guard encoding.isSound else { throw MOJOArchive.fault("two of its columns or classes have the same name") }
    let topology = try topology(archive, shape)
    guard topology.inputs == encoding.inputCount else {
      throw MOJOArchive.fault("the network has \(topology.inputs) inputs, but its columns need \(encoding.inputCount)")
    }
    let classCount = encoding.classes?.count ?? 0
    let expectedOutputs = category == "AutoEncoder" ? topology.inputs : max(1, classCount)
    guard topology.outputs == expectedOutputs else {
      throw MOJOArchive.fault("the network has \(topology.outputs) outputs, but \(expectedOutputs) are needed")
    }
    let threshold = try archive.doubles("default_threshold", orScalar: true)?.first ?? 0.5
    return Model(
      topology: topology, objective: try objective(archive, isClassifier: classCount > 0, category: category),
      dropout: try dropout(archive, topology), encoding: encoding, rules: scoringRules,
      classCorrection: try correction(archive, classCount: classCount), state: try state(archive, topology),
      defaultThreshold: threshold)
  }

  /// The rules by which H2O scores its models.
  private static var scoringRules: ModelRules {
    var tables = TableRules()
    tables.scoredGaps = .zeroInput
    return ModelRules(network: NetworkRules(arithmetic: .mixedPrecision), tables: tables)
  }

  private static func topology(_ archive: MOJOArchive, _ shape: MOJOShape) throws(ExportError) -> NetworkTopology {
    let sizes = try archive.integers("neural_network_sizes")
    let name = archive.text("activation") ?? ""
    let plain = name.hasSuffix("WithDropout") ? name.dropLast("WithDropout".count) : name
    guard let activation = Activation(rawValue: String(plain)), activation.isKnownToH2O else {
      throw .unsupported(reason: "its activation is '\(name.prefix(40))'")
    }
    let largest = 1 << 31
    guard sizes.count >= 2, sizes.allSatisfy({ $0 > 0 && $0 < largest }) else {
      throw MOJOArchive.fault("neural_network_sizes are \(sizes.prefix(10))")
    }
    return NetworkTopology(
      inputs: sizes[0], categoricalInputs: shape.categoricalOffsets.last ?? 0,
      categoricalColumns: shape.categoricalCount,
      hidden: Array(sizes.dropFirst().dropLast()), outputs: sizes[sizes.count - 1], activation: activation)
  }

  private static func encoding(
    _ archive: MOJOArchive, _ shape: MOJOShape, category: String
  ) throws(ExportError) -> RowEncoding {
    let (cats, nums) = (shape.categoricalCount, shape.numericCount)
    let categoricals = (0..<cats).map { index in
      RowEncoding.Categorical(
        name: archive.columns[index], levels: archive.domains[index] ?? [],
        firstUnit: shape.categoricalOffsets[index], hasMissing: true)
    }
    let multiply = try archive.doubles("norm_mul") ?? []
    let subtract = try archive.doubles("norm_sub") ?? []
    guard multiply.count == subtract.count, multiply.isEmpty || multiply.count == nums else {
      throw MOJOArchive.fault(
        "norm_mul and norm_sub have \(multiply.count) and \(subtract.count) values for \(nums) columns")
    }
    let times = Set(try archive.integers(MOJOArchive.timeColumns))
    guard times.allSatisfy({ (cats..<shape.featureCount).contains($0) }) else {
      throw MOJOArchive.fault("\(MOJOArchive.timeColumns) names columns that are not numeric")
    }
    let numerics = (0..<nums).map { index in
      let subtracted = subtract.isEmpty ? 0 : subtract[index]
      return RowEncoding.Numeric(
        name: archive.columns[cats + index], mean: subtracted, subtract: subtracted,
        multiply: multiply.isEmpty ? 1 : multiply[index], isTime: times.contains(cats + index))
    }
    return RowEncoding(
      categoricals: categoricals, numerics: numerics, usesAllLevels: shape.usesAllLevels,
      response: try response(archive, category: category))
  }

  private static func response(_ archive: MOJOArchive, category: String) throws(ExportError) -> ResponseEncoding {
    let name = archive.columns[archive.columns.count - 1]
    switch category {
    case "AutoEncoder": return .none
    case "Binomial", "Multinomial":
      guard let levels = archive.domains[archive.columns.count - 1], levels.count >= 2,
        Set(levels).count == levels.count
      else { throw MOJOArchive.fault("the response '\(name)' has no levels") }
      return .classes(name: name, levels: levels)
    case "Regression":
      let multiply = try archive.doubles("norm_resp_mul")?.first ?? 1
      let subtract = try archive.doubles("norm_resp_sub")?.first ?? 0
      return .number(name: name, subtract: subtract, multiply: multiply)
    default: throw .unsupported(reason: "its category is '\(category.prefix(40))'")
    }
  }

  private static func objective(
    _ archive: MOJOArchive, isClassifier: Bool, category: Substring
  ) throws(ExportError) -> Objective {
    if isClassifier { return .classification(.crossEntropy) }
    let distribution: Distribution
    switch (archive.text("distribution") ?? "gaussian").lowercased() {
    case "gaussian", "auto", "bernoulli", "multinomial": distribution = .gaussian
    case "laplace": distribution = .laplace
    case "huber": distribution = .huber
    // The power and the quantile matter in training only.
    case "quantile": distribution = .quantile(alpha: 0.5)
    case "poisson": distribution = .poisson
    case "gamma": distribution = .gamma
    case "tweedie": distribution = .tweedie(power: 1.5)
    case let name: throw .unsupported(reason: "its distribution is '\(name.prefix(40))'")
    }
    return category == "AutoEncoder" ? .reconstruction(distribution) : .regression(distribution)
  }

  private static func dropout(_ archive: MOJOArchive, _ topology: NetworkTopology) throws(ExportError) -> Dropout {
    guard archive.text("activation")?.hasSuffix("WithDropout") == true else { return Dropout() }
    let ratios = try archive.doubles("hidden_dropout_ratios") ?? []
    guard ratios.count >= topology.hidden.count else {
      throw MOJOArchive.fault("hidden_dropout_ratios has \(ratios.count) values for \(topology.hidden.count) layers")
    }
    return Dropout(hiddenRatios: Array(ratios.prefix(topology.hidden.count)))
  }

  private static func correction(_ archive: MOJOArchive, classCount: Int) throws(ExportError) -> [Double]? {
    guard archive.flag("balance_classes"), classCount > 0 else { return nil }
    let prior = try archive.doubles("prior_class_distrib") ?? []
    let model = try archive.doubles("model_class_distrib") ?? []
    guard prior.count == classCount, model.count == classCount else {
      throw MOJOArchive.fault("prior_class_distrib and model_class_distrib need \(classCount) values each")
    }
    return zip(prior, model).map { $0 != 0 && $1 != 0 ? $0 / $1 : 1 }
  }

  private static func state(_ archive: MOJOArchive, _ topology: NetworkTopology) throws(ExportError) -> NetworkState {
    var layers: [LayerState] = []
    for layer in 0..<topology.weightLayers {
      let (rows, isTooMany) = topology.units(of: layer).multipliedReportingOverflow(by: topology.channels(of: layer))
      let (count, isBeyond) = rows.multipliedReportingOverflow(by: topology.inputs(of: layer))
      let weights = try archive.doubles("weight_layer\(layer)") ?? []
      let biases = try archive.doubles("bias_layer\(layer)") ?? []
      guard !isTooMany, !isBeyond, weights.count == count, biases.count == rows else {
        throw MOJOArchive.fault("layer \(layer) has \(weights.count) weights and \(biases.count) biases")
      }
      layers.append(LayerState(weights: weights.map { Float($0) }, biases: biases, rule: .noMemory))
    }
    return NetworkState(layers: layers)
  }
}

extension MOJOArchive {
  /// Returns a list; a single number becomes a list of one.
  func doubles(_ key: String, orScalar: Bool) throws(ExportError) -> [Double]? {
    guard orScalar, let text = text(key), !text.hasPrefix("[") else { return try doubles(key) }
    guard let value = Double(text) else { throw Self.fault("\(key) should be a number, found '\(text.prefix(40))'") }
    return [value]
  }
}
