/// An engine that learns from one row at a time.
///
/// ``ExactTrainer`` is H2O's arithmetic in plain Swift, ``FastTrainer`` runs the vector kernels; mini-batches have an engine
/// of their own. None is Sendable: an engine belongs to the actor that trains.
package protocol NetworkTrainer: AnyObject {
  /// The precision of numeric inputs.
  associatedtype Scalar: BinaryFloatingPoint

  /// An engine that continues from `state`, with so many threads at most; their number changes nothing in the network.
  init(topology: NetworkTopology, options: LearningOptions, state: NetworkState, threads: Int)

  /// Whether rows of bytes shall be handed over as they are (``NetworkInput/packed``).
  var takesPackedRows: Bool { get }

  /// Whether rows without their zeros shall be handed over as they are (``NetworkInput/sparse``).
  var takesSparseRows: Bool { get }

  /// One forward pass and one backward pass; a step, or with mini-batches a share of the next one.
  func train(_ input: NetworkInput<Scalar>, at position: TrainingPosition)

  /// Makes what is left of a step, if anything: of a mini-batch that is not full, or of the last row.
  func finishStep()

  /// What happens between iterations: elastic averaging.
  func finishIteration()

  /// A copy of everything that training has changed; steps are complete after ``finishStep()`` only, which this requires.
  var state: NetworkState { get }

  /// False once a bias has become infinite or not a number: the model can no longer be used. Requires ``finishStep()``.
  var isFinite: Bool { get }
}

extension NetworkTrainer {
  package var takesPackedRows: Bool { false }
  package var takesSparseRows: Bool { false }
}

/// An engine that predicts.
package protocol NetworkScorer: SendableMetatype {
  associatedtype Scalar: BinaryFloatingPoint

  init(topology: NetworkTopology, objective: Objective, dropout: Dropout, state: NetworkState)

  /// Rows that can be predicted together.
  var capacity: Int { get }

  /// Whether rows without their zeros shall be handed over as they are (``NetworkInput/sparse``).
  var takesSparseRows: Bool { get }

  /// Takes a row; at most ``capacity`` before the next prediction.
  mutating func append(_ input: NetworkInput<Scalar>)

  /// Class probabilities, or the one linear output, of the rows taken since the last prediction.
  ///
  /// `outputs`: Receives one number per output unit, row after row.
  mutating func predict(into outputs: UnsafeMutableBufferPointer<Double>)

  /// The outputs of a hidden layer for a row of the last prediction, scaled as in scoring.
  func activations(ofHiddenLayer layer: Int, row: Int) -> [Double]
}

extension NetworkScorer {
  package var takesSparseRows: Bool { false }

  /// Predicts a single row.
  package mutating func predict(_ input: NetworkInput<Scalar>, into outputs: UnsafeMutableBufferPointer<Double>) {
    append(input)
    predict(into: outputs)
  }

  /// The outputs of a hidden layer for the single row that was predicted last.
  package func activations(ofHiddenLayer layer: Int) -> [Double] { activations(ofHiddenLayer: layer, row: 0) }
}
