/// The inputs of a row that are not zero, for column-major first layers.
struct ActiveInputs {
  private(set) var indices: [Int32] = []
  private(set) var values: [Float] = []

  /// Takes a row; `keeps` names the inputs that survive dropout, nil all of them.
  mutating func set(_ sample: NetworkInput<Float>, topology: NetworkTopology, keeps: [Bool]?) {
    indices.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    for unit in sample.activeUnits where keeps?[Int(unit)] ?? true {
      // Hashed units can meet in one input, which then is their number.
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
