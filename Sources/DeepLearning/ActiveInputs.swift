/// The nonzero inputs of a row, for column-major first layers.
struct ActiveInputs {
  private(set) var indices: [Int32] = []
  private(set) var values: [Float] = []

  /// Replaces the row; `keeps` marks the inputs that survive dropout, nil means all.
  mutating func set(_ sample: NetworkInput<Float>, topology: NetworkTopology, keeps: [Bool]?) {
    indices.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    for unit in sample.activeUnits where keeps?[Int(unit)] ?? true {
      // Hash collisions add up: several active units can share one input.
      if topology.hashesCategoricals, let known = indices.firstIndex(of: unit) {
        values[known] += 1
        continue
      }
      indices.append(unit)
      values.append(1)
    }
    let first = topology.categoricalInputs
    if let sparse = sample.sparse {
      for (input, value) in zip(sparse.inputs, sparse.values) where keeps?[first + Int(input)] ?? true {
        indices.append(Int32(first) + input)
        values.append(value)
      }
      return
    }
    for (index, value) in sample.numerics.enumerated() where value != 0 && keeps?[first + index] ?? true {
      indices.append(Int32(first + index))
      values.append(value)
    }
  }
}
