internal import DeepLearning
internal import JobFiles

extension Activation {
  /// The function of the hidden units; ``Dropout`` is separate.
  init(_ choice: ActivationChoice) {
    switch choice {
    case .tanh, .tanhWithDropout: self = .tanh
    case .rectifier, .rectifierWithDropout: self = .rectifier
    case .maxout, .maxoutWithDropout: self = .maxout
    case .expRectifier, .expRectifierWithDropout: self = .expRectifier
    case .selu, .seluWithDropout: self = .selu
    case .mish, .mishWithDropout: self = .mish
    }
  }
}

extension InitialWeights.Distribution {
  init(_ choice: InitialWeightChoice) {
    switch choice {
    case .uniformAdaptive: self = .uniformAdaptive
    case .uniform: self = .uniform
    case .normal: self = .normal
    }
  }
}
