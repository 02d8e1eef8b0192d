extension FastLayer {
  /// Which way the weights lie.
  enum Layout {
    /// A row holds all weights of a unit: best when most inputs are not zero, because units without error are skipped.
    case rowMajor
    /// A row holds all weights of an input: best for one-hot inputs, because inputs that are zero are skipped.
    case columnMajor
  }

  /// The layout that suits the first layer: column-major where most inputs are one-hot units that are zero, and
  /// nothing touches weights of zero inputs or whole rows.
  static func firstLayout(_ topology: NetworkTopology, options: LearningOptions) -> Layout {
    topology.hasSparseInputs && options.isFast && !options.penalty.limitsNorm ? .columnMajor : .rowMajor
  }

  /// The layouts of all layers where rows are trained one by one.
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
