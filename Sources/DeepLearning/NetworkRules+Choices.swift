extension NetworkRules {
  /// The change of the momentum from row to row.
  package enum MomentumRamp: Sendable, Codable {
    /// Linear from `momentum_start` to `momentum_stable`.
    case rises
    /// Constant, at the value one row before the start of the ramp.
    case staysBeforeStart
  }

  /// The update rule of momentum.
  package enum Acceleration: Sendable, Codable {
    /// Nesterov's gradient looks one momentum step ahead; without Nesterov, the velocity is the step.
    case lookahead
    /// With `nesterov_accelerated_gradient`, the step is the velocity;
    /// without it, the memory holds only the last step.
    case heavyBall
  }

  /// The count that learning-rate annealing depends on.
  package enum Annealing: Sendable, Codable {
    /// The rows trained before the row.
    case eachRow
    /// The rows trained before the iteration.
    case eachIteration
  }

  /// The dropout masks of a row.
  package enum DropoutMasks: Sendable, Codable {
    /// Each hidden layer draws its own mask.
    case ofEachLayer
    /// The same draws for all hidden layers.
    case sharedByLayers
  }

  /// The behaviour of dropped units in the backward pass.
  package enum DroppedUnits: Sendable, Codable {
    /// They are not updated.
    case rest
    /// They learn from the errors that reach them; only Rectifier has a derivative of 0 there.
    case learn
  }

  /// The weights of a Maxout unit that the limit on the sum of squares covers.
  package enum NormLimit: Sendable, Codable {
    case ofEachChannel
    /// A contiguous part of both channels, which are interleaved.
    case acrossChannels
  }

  /// The derivative of ExpRectifier for negative net inputs.
  package enum ExpRectifierDerivative: Sendable, Codable {
    /// exp(net), which equals output + 1.
    case exact
    /// exp(output).
    case exponentialOfOutput
  }

  /// The part of the softmax Jacobian that is used; cross-entropy always uses all of it.
  package enum SoftmaxJacobian: Sendable, Codable {
    case full
    case diagonal
  }

  /// The form in which `l1` and `l2` act.
  package enum Penalties: Sendable, Codable {
    /// A proximal step on weights after the gradient step; it never moves a weight across zero.
    case proximalSteps
    /// A term in the gradient of weights and biases.
    case gradients
  }

  /// The learning rates of biases under ADADELTA.
  package enum BiasRates: Sendable, Codable {
    /// From running averages of the bias's own gradient.
    case own
    /// From the mean squared gradient of the weights of the same unit.
    case ofWeights
  }

  /// The method by which a sparse autoencoder reaches the target mean activation.
  package enum SparsityControl: Sendable, Codable {
    /// Biases hold the activations and follow no gradient (``Sparsity``).
    case heldActivations
    /// Biases of units that learn follow the gradient plus a pull at the learning rate; they balance off the target.
    case pull
  }

  /// The values that elastic averaging changes at the end of an iteration.
  package enum ElasticAveraging: Sendable, Codable {
    case consensus
    /// The network is multiplied by the moving rate too.
    case consensusAndNetwork
  }

  /// The weights of a Maxout unit that variable importances use.
  package enum MaxoutImportances: Sendable, Codable {
    /// The sum of the absolute weights of both channels.
    case sumOfChannels
    /// The first half of the array in which the channels are interleaved.
    case firstHalfOfArray
  }
}
