internal import DataFrames
internal import DurableFiles
internal import JobFiles
internal import Planning
internal import Training

/// The requests for the models of cross-validation (h2o-behaviour.md#cross-validation).
///
/// Each fold's model is an ordinary model with weights: 0 for the held-out rows. Its validation
/// table is the same table with the complementary weights.
struct CrossValidation: Sendable {
  let assignment: FoldAssignment
  private let main: ModelRequest
  private let threads: Int

  /// - `main`: The request for the main model.
  init(_ main: ModelRequest) throws {
    assignment = try FoldAssignment(main.training, job: main.job, main.compatibility, seed: main.seed)
    self.main = main
    threads = main.threads
  }

  /// The number of models that train in parallel, on all ranks.
  var parallelModels: Int { min(assignment.count, main.origin.ranks.count * modelsPerRank) }

  /// The number of models that are begun at the same time.
  ///
  /// On several ranks some wait for a place, so that no rank waits while rank 0 scores a model that has ended.
  var begunModels: Int {
    let ranks = main.origin.ranks
    return ranks.isAlone ? parallelModels : min(assignment.count, parallelModels + ranks.count)
  }

  private var modelsPerRank: Int {
    let ranks = main.origin.ranks.count
    return min((assignment.count + ranks - 1) / ranks, max(1, threads))
  }

  /// Returns the request for a fold, counted from 0.
  func request(fold: Int) -> ModelRequest {
    let own = main.job.weightsColumn.flatMap { main.training.column(named: $0) }
    let weights = assignment.weights(
      fold: fold, own: own.map { column in (0..<column.rowCount).map(column.number) })
    var request = main
    let column = Column(name: FoldAssignment.weightsColumn, values: .doubles(weights.training), missing: RowSet())
    let rounds = (assignment.count + parallelModels - 1) / parallelModels + 1
    request.job = FoldAssignment.job(of: main.job, rounds: rounds, main.compatibility)
    request.name += "_cv_\(fold + 1)"
    request.part += JobFolderLayout.foldFolder(fold + 1)
    request.workFolder += "/\(JobFolderLayout.foldFolder(fold + 1))"
    request.training = main.training.adding(column)
    request.validation = .heldOut(weights.heldOut)
    request.threads = max(1, threads / modelsPerRank)
    request.isSpread = true
    request.keepsFinishedState = true
    request.data = nil
    return request
  }

  /// Returns the request for the main model: it trains for the mean number of epochs of the folds'
  /// models and does not stop early.
  ///
  /// - `secondsLeft`: The time left of max_runtime_secs.
  func mainRequest(after models: [TrainedModel], secondsLeft: Double) -> ModelRequest {
    var request = main
    let epochs = models.reduce(0) { $0 + ($1.final.record.history.last?.epochs ?? 0) } / Double(models.count)
    request.job = FoldAssignment.jobAfterFolds(main.job, epochs: epochs, secondsLeft: secondsLeft)
    return request
  }
}
