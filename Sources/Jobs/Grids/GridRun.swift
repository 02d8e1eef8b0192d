internal import JobEvents
internal import JobFiles
internal import Training

/// Runs a job with a grid: searches, then writes the result.
///
/// Each model has a folder `grid/N` in the folder of the running job. It receives the checkpoint,
/// then the result folder, and last the ``GridEntry``, which marks the model as done.
struct GridRun: Sendable {
  private let main: ModelRequest
  private let context: RunContext

  init(_ main: ModelRequest, _ context: RunContext) {
    self.main = main
    self.context = context
  }

  /// Trains the combinations and writes the result folder: the best model, the leaderboard
  /// and all models.
  func run() async throws -> JobOutcome {
    let grid = try Grid(main)
    let search = GridSearch(grid, main, context)
    switch try await search.run() {
    case .ended(let outcome): return outcome
    case .tried(let entries): return try await GridPublication(main, context, grid).publish(grid.leaderboard(entries))
    }
  }
}
