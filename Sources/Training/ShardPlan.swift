/// The number of copies of the network that are trained in parallel, and how often they are averaged.
///
/// It depends on the job alone, never on the machine: the same job gives the same bytes with any number of threads.
package struct ShardPlan: Sendable, Hashable, Codable {
  /// The rows that each copy trains on between two averaging steps by default; measured in docs/decisions/0006.
  private static let rowsBetweenAverages = 500

  package let count: Int
  /// The entries of the row order between two averaging steps, for all copies together.
  package let roundEntries: Int
  /// The time for communication, in multiples of that for computation, to which several ranks adapt the rounds; nil if
  /// the rounds are fixed.
  package let communicationRatio: Double?
  /// Whether each copy has rows of its own for the whole training.
  package let dealsRows: Bool

  /// - Parameters:
  ///   - request: The number of copies that the job requests.
  ///   - isPossible: Whether engine and options support averaging; otherwise there is one copy.
  ///   - batchSize: The rows of a mini-batch.
  ///   - samplesPerIteration: The rows of an iteration, if the job gives them: then copies are averaged after each, as in
  ///     H2O. Nil for ``rowsBetweenAverages(batchSize:)``.
  ///   - communicationRatio: target_ratio_comm_to_comp; ignored if `samplesPerIteration` is given.
  ///   - dealsRows: Whether each copy gets rows of its own.
  package init(
    request: Int, isPossible: Bool, batchSize: Int = 1, samplesPerIteration: Int? = nil,
    communicationRatio: Double? = nil, dealsRows: Bool = false
  ) {
    count = isPossible ? request : 1
    self.dealsRows = dealsRows && count > 1
    roundEntries = max(count, samplesPerIteration ?? count * Self.rowsBetweenAverages(batchSize: batchSize))
    self.communicationRatio = samplesPerIteration == nil ? communicationRatio : nil
  }

  /// The rows that each copy trains on between two averaging steps by default: whole mini-batches.
  package static func rowsBetweenAverages(batchSize: Int) -> Int {
    (rowsBetweenAverages + batchSize - 1) / batchSize * batchSize
  }
}
