extension FastLayer {
  /// The order of the weights in memory.
  enum Layout {
    /// A row holds the weights of one unit: best for dense inputs, because units without error are skipped.
    case rowMajor
    /// A row holds the weights of one input: best for one-hot inputs, because inputs that are zero are skipped.
    case columnMajor
  }

  /// Returns the best layout for the first layer.
  ///
  /// Column-major suits sparse inputs, provided that no option updates weights of zero inputs or whole rows.
  static func firstLayout(_ topology: NetworkTopology, options: LearningOptions) -> Layout {
    topology.hasSparseInputs && options.isFast && !options.penalty.limitsNorm && !options.scalesInputs
      ? .columnMajor : .rowMajor
  }

  /// Returns the layouts of all layers for training row by row.
  static func layouts(_ topology: NetworkTopology, options: LearningOptions) -> [Layout] {
    let isPaired = LayerPair.suits(topology, options: options)
    return (0..<topology.weightLayers).map { layer in
      switch layer {
      case 0: firstLayout(topology, options: options)
      case 1 where isPaired: .columnMajor
      default: .rowMajor
      }
    }
  }
}
