package import DeepLearning

/// Encodes the state of a network as bytes.
///
/// Each layer has ten arrays, and four more with elastic averaging. Each array is its length
/// (UInt64) and its numbers, little endian.
package enum StateCoding {
  package static func encode(_ state: NetworkState, into bytes: inout [UInt8]) {
    bytes.append(littleEndian: UInt64(state.layers.count))
    for layer in state.layers {
      append(layer.weights, to: &bytes)
      append(layer.biases, to: &bytes)
      append(layer.weightMemory, to: &bytes)
      append(layer.weightSquares, to: &bytes)
      append(layer.biasMemory, to: &bytes)
      append(layer.biasSquares, to: &bytes)
      append(layer.meanActivations, to: &bytes)
      append(layer.winners, to: &bytes)
      append(layer.consensus?.weights ?? [], to: &bytes)
      append(layer.consensus?.biases ?? [], to: &bytes)
      guard let consensus = layer.consensus else { continue }
      append(consensus.weightMemory, to: &bytes)
      append(consensus.weightSquares, to: &bytes)
      append(consensus.biasMemory, to: &bytes)
      append(consensus.biasSquares, to: &bytes)
    }
  }

  private static func append<Element>(_ values: [Element], to bytes: inout [UInt8]) {
    bytes.append(littleEndian: UInt64(values.count))
    values.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  /// Reads arrays in order, never beyond the end.
  package struct Reader {
    private let bytes: [UInt8]
    private var position = 0

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package var isAtEnd: Bool { position == bytes.count }

    package mutating func state(topology: NetworkTopology, rule: UpdateRule) throws(SealedFileError) -> NetworkState {
      guard try count(elementBytes: 0) == topology.weightLayers else { throw .damaged }
      var layers: [LayerState] = []
      for layer in 0..<topology.weightLayers {
        let rows = topology.units(of: layer) * topology.channels(of: layer)
        var state = LayerState(weights: [], biases: [], rule: rule)
        let weights = rows * topology.inputs(of: layer)
        let memories = rule.memoriesPerWeight
        state.weights = try array(weights)
        state.biases = try array(rows)
        state.weightMemory = try array(memories > 0 ? weights : 0)
        state.weightSquares = try array(memories > 1 ? weights : 0)
        state.biasMemory = try array(memories > 0 ? rows : 0)
        state.biasSquares = try array(memories > 1 ? rows : 0)
        state.meanActivations = try array(topology.units(of: layer), orNone: true)
        state.winners = try array(topology.units(of: layer), orNone: true)
        // The engines use these values as indexes.
        guard state.winners.allSatisfy({ $0 < topology.channels(of: layer) }) else {
          throw .implausible("winners of layer \(layer + 1)")
        }
        state.consensus = try consensus(of: state)
        layers.append(state)
      }
      return NetworkState(layers: layers)
    }

    private mutating func consensus(of layer: LayerState) throws(SealedFileError) -> LayerConsensus? {
      let weights: [Float] = try array(layer.weights.count, orNone: true)
      let biases: [Double] = try array(layer.biases.count, orNone: true)
      guard weights.isEmpty == biases.isEmpty else { throw .damaged }
      guard !weights.isEmpty else { return nil }
      var consensus = LayerConsensus(weights: weights, biases: biases)
      consensus.weightMemory = try array(layer.weightMemory.count, orNone: true)
      consensus.weightSquares = try array(layer.weightSquares.count, orNone: true)
      consensus.biasMemory = try array(layer.biasMemory.count, orNone: true)
      consensus.biasSquares = try array(layer.biasSquares.count, orNone: true)
      return consensus
    }

    private mutating func count(elementBytes: Int) throws(SealedFileError) -> Int {
      guard bytes.count - position >= 8 else { throw .damaged }
      let value: UInt64 = bytes.littleEndian(at: position)
      position += 8
      guard value <= UInt64(bytes.count) else { throw .damaged }
      guard Int(value) * elementBytes <= bytes.count - position else { throw .damaged }
      return Int(value)
    }

    /// `orNone`: True to accept an empty array too.
    private mutating func array<Element: BitwiseCopyable>(
      _ expected: Int, orNone: Bool = false
    ) throws(SealedFileError) -> [Element] {
      let size = MemoryLayout<Element>.stride
      let found = try count(elementBytes: size)
      guard found == expected || (orNone && found == 0) else { throw .damaged }
      let start = position
      position += found * size
      return bytes.withUnsafeBytes { buffer in
        (0..<found).map { buffer.loadUnaligned(fromByteOffset: start + $0 * size, as: Element.self) }
      }
    }
  }
}
