package import DeepLearning

/// Encodes the state of a network as bytes.
///
/// The number of layers (UInt64) comes first. Each layer has ten arrays, and four more with elastic averaging. Each array
/// is its length (UInt64) and its numbers, little endian. If the highest bit of the number of layers is set, the number
/// of steps (UInt64) and the temperature (a double) follow, and after them the number of input scales (UInt64) and the
/// layer that they are, if any. If the second highest bit is set, the other copies of the network follow: their number
/// (UInt64) and their states.
package enum StateCoding {
  private static let extensionBit: UInt64 = 1 << 63
  private static let copiesBit: UInt64 = 1 << 62
  /// The largest number of copies that is read.
  private static let maximumCopies: UInt64 = 1000

  /// Whether the state needs an extension, which earlier programs do not read.
  package static func isExtended(_ state: NetworkState) -> Bool {
    hasExtension(state) || !state.copies.isEmpty
  }

  private static func hasExtension(_ state: NetworkState) -> Bool {
    state.steps > 0 || state.inputScales != nil || state.temperature != 1
  }

  package static func encode(_ state: NetworkState, into bytes: inout [UInt8]) {
    let (hasExtension, hasCopies) = (hasExtension(state), !state.copies.isEmpty)
    bytes.append(
      littleEndian: UInt64(state.layers.count) | (hasExtension ? extensionBit : 0) | (hasCopies ? copiesBit : 0))
    append(state.layers, to: &bytes)
    if hasExtension {
      bytes.append(littleEndian: UInt64(state.steps))
      bytes.append(littleEndian: state.temperature.bitPattern)
      bytes.append(littleEndian: UInt64(state.inputScales?.state.weights.count ?? 0))
      append([state.inputScales?.state].compactMap(\.self), to: &bytes)
    }
    guard hasCopies else { return }
    bytes.append(littleEndian: UInt64(state.copies.count))
    for copy in state.copies { encode(copy, into: &bytes) }
  }

  private static func append(_ layers: [LayerState], to bytes: inout [UInt8]) {
    for layer in layers {
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
      var (state, hasCopies) = try network(topology: topology, rule: rule)
      guard hasCopies else { return state }
      let count = try word()
      guard (1...maximumCopies).contains(count) else { throw .implausible("the number of copies") }
      for _ in 0..<count {
        let (copy, hasOwn) = try network(topology: topology, rule: rule)
        // Copies of copies would let a damaged file nest without end.
        guard !hasOwn else { throw .damaged }
        state.copies.append(copy)
      }
      return state
    }

    /// Reads one network, and whether copies follow.
    private mutating func network(
      topology: NetworkTopology, rule: UpdateRule
    ) throws(SealedFileError) -> (NetworkState, hasCopies: Bool) {
      let head = try word()
      guard head & ~(extensionBit | copiesBit) == UInt64(topology.weightLayers) else { throw .damaged }
      let hasCopies = head & copiesBit != 0
      var layers: [LayerState] = []
      for layer in 0..<topology.weightLayers {
        let state = try self.layer(
          inputs: topology.inputs(of: layer), units: topology.units(of: layer), channels: topology.channels(of: layer),
          rule: rule)
        // The engines use these values as indexes.
        guard state.winners.allSatisfy({ $0 < topology.channels(of: layer) }) else {
          throw .implausible("winners of layer \(layer + 1)")
        }
        layers.append(state)
      }
      var state = NetworkState(layers: layers)
      guard head & extensionBit != 0 else { return (state, hasCopies) }
      guard let steps = Int(exactly: try word()), PlausibleRanges.counts.contains(steps) else {
        throw .implausible("the number of steps")
      }
      state.steps = steps
      state.temperature = Double(bitPattern: try word())
      guard state.temperature > 0, state.temperature.isFinite else { throw .implausible("the temperature") }
      let scales = try word()
      guard scales == 0 || scales == UInt64(topology.inputs) else { throw .damaged }
      if scales > 0 {
        state.inputScales = InputScales(
          state: try layer(inputs: topology.inputs, units: 1, channels: 1, rule: rule),
          channels: topology.channels(of: 0))
      }
      return (state, hasCopies)
    }

    private mutating func layer(
      inputs: Int, units: Int, channels: Int, rule: UpdateRule
    ) throws(SealedFileError) -> LayerState {
      let (rows, weights, memories) = (units * channels, units * channels * inputs, rule.memoriesPerWeight)
      var state = LayerState(weights: [], biases: [], rule: rule)
      state.weights = try array(weights)
      state.biases = try array(rows)
      state.weightMemory = try array(memories > 0 ? weights : 0)
      state.weightSquares = try array(memories > 1 ? weights : 0)
      state.biasMemory = try array(memories > 0 ? rows : 0)
      state.biasSquares = try array(memories > 1 ? rows : 0)
      state.meanActivations = try array(units, orNone: true)
      state.winners = try array(units, orNone: true)
      state.consensus = try consensus(of: state)
      return state
    }

    private mutating func word() throws(SealedFileError) -> UInt64 {
      guard bytes.count - position >= 8 else { throw .damaged }
      let value: UInt64 = bytes.littleEndian(at: position)
      position += 8
      return value
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
      let value = try word()
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
