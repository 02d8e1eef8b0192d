extension NetworkRules {
  /// The momentum from row to row.
  package enum MomentumRamp: Sendable {
    /// A straight line from `momentum_start` to `momentum_stable`.
    case rises
    /// The value one row before the start of the ramp, for every row.
    case staysBeforeStart
  }

  /// The step that momentum makes.
  package enum Acceleration: Sendable {
    /// Nesterov's gradient looks one momentum step ahead; without it the velocity is the step.
    case lookahead
    /// `nesterov_accelerated_gradient` steps by the velocity; without it the memory is the last step only.
    case heavyBall
  }

  /// When the learning rate is annealed.
  package enum Annealing: Sendable {
    /// By the rows trained before the row.
    case eachRow
    /// By the rows trained before the iteration.
    case eachIteration
  }

  /// The dropout masks of a row.
  package enum DropoutMasks: Sendable {
    /// A mask of its own for each hidden layer.
    case ofEachLayer
    /// The same draws for all hidden layers.
    case sharedByLayers
  }

  /// What dropped units do in the backward pass.
  package enum DroppedUnits: Sendable {
    case rest
    /// They learn from the errors that reach them. The derivative of Rectifier is 0 there, that of others is not.
    case learn
  }

  /// What the limit of the squared weights of a Maxout unit adds up.
  package enum NormLimit: Sendable {
    case ofEachChannel
    /// A contiguous part of both channels, which lie alternately.
    case acrossChannels
  }

  /// The derivative of ExpRectifier for negative net inputs.
  package enum ExpRectifierDerivative: Sendable {
    /// exp(net), which is output + 1.
    case exact
    /// exp(output).
    case exponentialOfOutput
  }

  /// The part of the softmax Jacobian that reaches the output units; with cross-entropy always all of it.
  package enum SoftmaxJacobian: Sendable {
    case full
    case diagonal
  }

  /// How `l1` and `l2` act.
  package enum Penalties: Sendable {
    /// On weights only, by a proximal step after that of the gradient, which never takes a weight beyond zero.
    case proximalSteps
    /// As a part of the gradient of weights and biases.
    case gradients
  }

  /// The rates of biases under ADADELTA.
  package enum BiasRates: Sendable {
    /// From running averages of the bias' own gradient.
    case own
    /// From the mean squared gradient of the weights beside it.
    case ofWeights
  }

  /// How a sparse autoencoder reaches the wanted mean activations.
  package enum SparsityControl: Sendable {
    /// Biases hold the activations and follow nothing else (``Sparsity``).
    case heldActivations
    /// Biases follow the gradient and a pull at the learning rate, in units that learn; the two balance off the mean.
    case pull
  }

  /// What elastic averaging changes at the end of an iteration.
  package enum ElasticAveraging: Sendable {
    case consensus
    /// The network itself is multiplied by the moving rate, too.
    case consensusAndNetwork
  }

  /// The weights of a Maxout unit in variable importances.
  package enum MaxoutImportances: Sendable {
    /// The absolute weights of both channels, added.
    case sumOfChannels
    /// The first half of the array that holds the channels alternately.
    case firstHalfOfArray
  }
}
