internal import DataFrames
internal import DeepLearning
internal import Documents
internal import JobFiles
internal import Planning
internal import Training

/// First weights and biases that the job brings along in files, in place of random ones.
///
/// One entry per layer of weights; a layer is taken from the files only if both its weights and its biases are given,
/// as in H2O (h2o-behaviour.md#given-weights). A file of weights has a row per unit (per channel of a unit for Maxout)
/// and a column per input, a file of biases one column: what export_weights_and_biases writes.
struct GivenWeights {
  private let request: JobRequest
  private let topology: NetworkTopology

  init(_ request: JobRequest, topology: NetworkTopology) {
    self.request = request
    self.topology = topology
  }

  /// Puts the given layers in place of those of `state`.
  ///
  /// Throws ``DocumentError`` naming the layer and both shapes where a file does not fit (rule E34).
  func apply(to state: inout NetworkState) throws {
    let weights = request.job.initialWeights
    let biases = request.job.initialBiases
    guard !weights.isEmpty || !biases.isEmpty else { return }
    let given: [(key: ParameterKey, files: [String?])] = [(\.initialWeights, weights), (\.initialBiases, biases)]
    for (key, files) in given where files.count != topology.weightLayers {
      throw fault(
        key,
        "has \(files.count) entries but the network has \(topology.weightLayers) layers of weights; give one per hidden "
          + "layer and one for the output layer, null where the layer begins at random")
    }
    for layer in 0..<topology.weightLayers {
      guard let weightFile = weights[layer], let biasFile = biases[layer] else { continue }
      let rows = topology.units(of: layer) * topology.channels(of: layer)
      state.layers[layer].weights = try matrix(
        weightFile, key: \.initialWeights, layer: layer, rows: rows, columns: topology.inputs(of: layer)
      ).map(Float.init)
      // Stored in double, but given in single precision, as in H2O.
      state.layers[layer].biases = try matrix(biasFile, key: \.initialBiases, layer: layer, rows: rows, columns: 1)
        .map { Double(Float($0)) }
    }
  }

  /// A sentence about each layer of which only one of the two is given.
  static func warnings(_ job: JobFile) -> [String] {
    zip(job.initialWeights, job.initialBiases).enumerated().compactMap { layer, files in
      guard (files.0 == nil) != (files.1 == nil) else { return nil }
      let (given, missing) = files.0 == nil ? ("biases", "weights") : ("weights", "biases")
      return "the first \(given) of layer \(layer + 1) are not used: its \(missing) are not given (initial_\(missing))"
    }
  }

  /// The numbers of a file, row-major.
  private func matrix(_ name: String, key: ParameterKey, layer: Int, rows: Int, columns: Int) throws -> [Double] {
    var options = ReadOptions()
    options.followsLinks = request.files.followsLinks
    options.maximumBytes = request.limits.tableBytes
    options.rules = request.compatibility(request.job).tables
    let frame = try FrameReader.read(request.files.frame(name), name: name, options: options)
    guard frame.rowCount == rows, frame.columns.count == columns else {
      throw fault(
        key,
        "'\(name)' has \(frame.rowCount) rows and \(frame.columns.count) columns, but layer \(layer + 1) needs \(rows) "
          + "and \(columns)")
    }
    guard frame.columns.allSatisfy({ $0.isNumeric && $0.missing.isEmpty }) else {
      throw fault(key, "'\(name)' holds something else than numbers")
    }
    return (0..<rows).flatMap { row in frame.columns.map { $0.number(at: row) } }
  }

  private func fault(_ key: ParameterKey, _ message: String) -> DocumentError {
    DocumentError([request.job.fault(key, message)])
  }
}
