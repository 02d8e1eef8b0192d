internal import Training

/// Trains numbered models of a job, those of folds or of a grid, several at a time; each that ends makes room for the next.
struct ModelsSideBySide<Ended: Sendable> {
  /// A model that is to be trained.
  typealias Start = (number: Int, train: @Sendable () async throws -> Ended)

  /// How many are trained at the same time.
  let parallelism: Int
  /// Stops all of them.
  let control: TrainingControl

  /// Trains models until none is left, or one throws, which stops the others.
  ///
  /// - Parameters:
  ///   - next: The model to start; nil where none is to be started now. Asked again whenever a model has ended.
  ///   - ended: Told how each model ended.
  ///   - changed: Told after each change which models are in training.
  /// - Throws: What a model's training throws.
  func run(
    next: () -> Start?, ended: (Int, Ended) -> Void, changed: (Set<Int>) async -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: (Int, Ended).self) { group in
      var training: Set<Int> = []
      func startNext() {
        guard let (number, train) = next() else { return }
        training.insert(number)
        group.addTask { (number, try await train()) }
      }
      for _ in 0..<parallelism { startNext() }
      await changed(training)
      do {
        while let (number, result) = try await group.next() {
          ended(number, result)
          training.remove(number)
          startNext()
          await changed(training)
        }
      } catch {
        control.stop(.cancel)
        throw error
      }
    }
  }
}
