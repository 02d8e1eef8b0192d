/// A training engine that takes one row at a time.
///
/// ``ExactTrainer`` is H2O's arithmetic in plain Swift, ``FastTrainer`` runs the vector kernels,
/// ``BatchTrainer`` trains mini-batches. Engines are not Sendable: each belongs to the actor that trains.
package protocol NetworkTrainer: AnyObject, SendableMetatype {
  /// The precision of numeric inputs.
  associatedtype Scalar: BinaryFloatingPoint

  /// Continues from `state` with at most `threads` threads, whose number does not change the trained network.
  init(topology: NetworkTopology, options: LearningOptions, state: NetworkState, threads: Int)

  /// Whether the engine accepts packed rows (``NetworkInput/packed``).
  var takesPackedRows: Bool { get }

  /// Whether the engine accepts sparse rows (``NetworkInput/sparse``).
  var takesSparseRows: Bool { get }

  /// Runs the forward and backward pass of one row, and updates the weights; with mini-batches, once per batch.
  func train(_ input: NetworkInput<Scalar>, at position: TrainingPosition)

  /// Applies pending updates: from an incomplete mini-batch, or from the last row.
  func finishStep()

  /// Ends an iteration, which forms the consensus of elastic averaging.
  func finishIteration()

  /// A copy of all values that training changes; requires ``finishStep()`` first.
  var state: NetworkState { get }

  /// False if a bias is infinite or NaN, which makes the model unusable; requires ``finishStep()`` first.
  var isFinite: Bool { get }
}

extension NetworkTrainer {
  package var takesPackedRows: Bool { false }
  package var takesSparseRows: Bool { false }
}

/// A scoring engine.
package protocol NetworkScorer: SendableMetatype {
  associatedtype Scalar: BinaryFloatingPoint

  init(topology: NetworkTopology, objective: Objective, dropout: Dropout, state: NetworkState)

  /// The number of rows per prediction.
  var capacity: Int { get }

  /// Whether the engine accepts sparse rows (``NetworkInput/sparse``).
  var takesSparseRows: Bool { get }

  /// Adds a row; at most ``capacity`` rows per prediction.
  mutating func append(_ input: NetworkInput<Scalar>)

  /// Computes the class probabilities, or the linear output, of the rows added since the last prediction.
  ///
  /// `outputs`: Receives one number per output unit, row by row.
  mutating func predict(into outputs: UnsafeMutableBufferPointer<Double>)

  /// Returns the outputs of a hidden layer for a row of the last prediction, scaled as in scoring.
  func activations(ofHiddenLayer layer: Int, row: Int) -> [Double]
}

extension NetworkScorer {
  package var takesSparseRows: Bool { false }

  /// Predicts a single row.
  package mutating func predict(_ input: NetworkInput<Scalar>, into outputs: UnsafeMutableBufferPointer<Double>) {
    append(input)
    predict(into: outputs)
  }

  /// Returns the outputs of a hidden layer for the single row that was predicted last.
  package func activations(ofHiddenLayer layer: Int) -> [Double] { activations(ofHiddenLayer: layer, row: 0) }
}
