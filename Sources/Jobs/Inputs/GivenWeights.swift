internal import DataFrames
internal import DeepLearning
internal import Documents
internal import JobFiles
internal import Planning
internal import Training
internal import Wording

/// Initial weights and biases from files of the job, instead of random ones.
///
/// There is one entry per layer of weights. A layer uses the files only if both its weights and its
/// biases are given, as in H2O (h2o-behaviour.md#given-weights). A file of weights has a row per
/// unit (for Maxout per channel of a unit) and a column per input; a file of biases has one column.
/// export_weights_and_biases writes files of this form.
struct GivenWeights {
  private let request: JobRequest
  private let topology: NetworkTopology

  init(_ request: JobRequest, topology: NetworkTopology) {
    self.request = request
    self.topology = topology
  }

  /// Replaces layers of `state` by the given ones.
  ///
  /// - Throws: ``DocumentError`` with the layer and both shapes if a file does not match (rule E34).
  func apply(to state: inout NetworkState) throws {
    let weights = request.job.initialWeights
    let biases = request.job.initialBiases
    guard !weights.isEmpty || !biases.isEmpty else { return }
    let given: [(key: ParameterKey, files: [String?])] = [(\.initialWeights, weights), (\.initialBiases, biases)]
    for (key, files) in given where files.count != topology.weightLayers {
      throw fault(
        key,
        "has \(files.count) entries, but the network has \(topology.weightLayers) layers of weights; give one entry per "
          + "hidden layer and one for the output layer, with null for layers that start at random")
    }
    for layer in 0..<topology.weightLayers {
      guard let weightFile = weights[layer], let biasFile = biases[layer] else { continue }
      let rows = topology.units(of: layer) * topology.channels(of: layer)
      state.layers[layer].weights = try matrix(
        weightFile, key: \.initialWeights, layer: layer, rows: rows, columns: topology.inputs(of: layer)
      ).map(Float.init)
      // Biases are stored in double precision but rounded to single precision here, as in H2O.
      state.layers[layer].biases = try matrix(biasFile, key: \.initialBiases, layer: layer, rows: rows, columns: 1)
        .map { Double(Float($0)) }
    }
  }

  /// Returns a warning for each layer with only weights or only biases.
  static func warnings(_ job: JobFile) -> [String] {
    zip(job.initialWeights, job.initialBiases).enumerated().compactMap { layer, files in
      guard (files.0 == nil) != (files.1 == nil) else { return nil }
      let (given, missing) = files.0 == nil ? ("biases", "weights") : ("weights", "biases")
      return "initial \(given) of layer \(layer + 1) have no effect: its \(missing) are missing (initial_\(missing))"
    }
  }

  /// Reads the numbers of a file, row-major.
  private func matrix(_ name: String, key: ParameterKey, layer: Int, rows: Int, columns: Int) throws -> [Double] {
    var options = ReadOptions()
    options.opener = request.files.tableOpener
    options.maximumBytes = request.limits.tableBytes
    options.rules = request.compatibility(request.job).tables
    let frame = try FrameReader.read(request.files.frame(name), name: name, options: options)
    guard frame.rowCount == rows, frame.columns.count == columns else {
      throw fault(
        key,
        "'\(name)' has \(Self.size(frame.rowCount, frame.columns.count)), but layer \(layer + 1) needs "
          + Self.size(rows, columns))
    }
    guard frame.columns.allSatisfy({ $0.isNumeric && $0.missing.isEmpty }) else {
      throw fault(key, "'\(name)' has missing or non-numeric values")
    }
    return (0..<rows).flatMap { row in frame.columns.map { $0.number(at: row) } }
  }

  /// Returns the size of a table in words.
  private static func size(_ rows: Int, _ columns: Int) -> String {
    "\(NumberText.count(rows, "row")) and \(NumberText.count(columns, "column"))"
  }

  private func fault(_ key: ParameterKey, _ message: String) -> DocumentError {
    DocumentError([request.job.fault(key, message)])
  }
}
