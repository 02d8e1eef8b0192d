internal import Training

/// Trains numbered models of a job, those of folds or of a grid, several in parallel; when one
/// ends, the next starts.
struct ModelsSideBySide<Ended: Sendable> {
  /// A model to train.
  typealias Start = (number: Int, train: @Sendable () async throws -> Ended)

  /// The number of models that train in parallel.
  let parallelism: Int
  /// The control that stops all of them.
  let control: TrainingControl

  /// Trains models until none is left, or one throws, which stops the others.
  ///
  /// A model may train again after it has ended.
  ///
  /// - Parameters:
  ///   - next: Returns the next model, or nil if none can start now. It is called again
  ///     whenever a model ends.
  ///   - ended: Receives the outcome of each model.
  ///   - changed: Receives the numbers of the models in training after each change.
  /// - Throws: The first error of a model's training.
  func run(
    next: () -> Start?, ended: (Int, Ended) -> Void, changed: (Set<Int>) async -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: (Int, Ended).self) { group in
      var training: Set<Int> = []
      func startAll() {
        while training.count < parallelism, let (number, train) = next() {
          training.insert(number)
          group.addTask { (number, try await train()) }
        }
      }
      startAll()
      await changed(training)
      do {
        while let (number, result) = try await group.next() {
          ended(number, result)
          training.remove(number)
          startAll()
          await changed(training)
        }
      } catch {
        control.stop(.cancel)
        throw error
      }
    }
  }
}
