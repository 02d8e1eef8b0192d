internal import DataFrames
internal import Documents
internal import JobFiles
internal import Planning
internal import Reports
internal import Training

/// The models that a grid may train, as requests, and the rules for the end of the search.
struct Grid: Sendable {
  private let main: ModelRequest
  /// Start of the drawing, and of the models' seeds where the job gives none.
  private let searchSeed: Int
  private let points: [[Int]]
  private let metric: StoppingMetric
  private let stopping: StoppingRule

  init(_ main: ModelRequest) throws {
    let job = main.job
    self.main = main
    searchSeed = job.gridSeed == -1 ? main.seed : job.gridSeed
    points = try GridPoints(job, seed: searchSeed).points
    let levels = job.responseColumn.flatMap { main.training.column(named: $0)?.levels }
    let isClassifier = levels != nil
    if let fault = ScoringPlan.gridMetricFault(job, isClassifier: isClassifier, classCount: levels?.count ?? 1) {
      throw DocumentError([fault])
    }
    metric = StoppingMetric(job.gridStoppingMetric, isClassifier: isClassifier, isAutoencoder: job.autoencoder)
    stopping = StoppingRule(metric: metric, rounds: job.gridStoppingRounds, tolerance: job.gridStoppingTolerance)
  }

  var count: Int { points.count }

  /// `number` counts from 1, as in H2O.
  static func name(_ main: ModelRequest, number: Int) -> String { "\(main.name)_model_\(number)" }

  /// The values of a combination as text, in the order of the hyper-parameters.
  func valueTexts(_ index: Int) -> [String] {
    zip(main.job.hyperParameters, points[index]).map { $0.values[$1].text }
  }

  /// The model of a combination, counted from 0.
  ///
  /// `secondsLeft`: Of the whole search; nil if it has no limit.
  func request(_ index: Int, secondsLeft: Double?, parallelism: Int) -> ModelRequest {
    var job = main.job.combination(points[index])
    if job.seed == -1 { job.give(searchSeed &+ index, to: \.seed) }
    if let secondsLeft {
      job.give(job.maxRuntimeSecs > 0 ? min(job.maxRuntimeSecs, secondsLeft) : secondsLeft, to: \.maxRuntimeSecs)
    }
    var request = main
    request.job = job
    request.name = Self.name(main, number: index + 1)
    request.part = "model_\(index + 1)"
    request.workFolder += "/grid/\(index + 1)"
    request.seed = job.seed
    request.threads = max(1, main.threads / parallelism)
    return request
  }

  /// H2O's name of the metric among those of a model.
  private var metricName: String {
    switch metric {
    case .deviance: "mean_residual_deviance"
    case .logloss: "logloss"
    case .mse: "MSE"
    case .rmse: "RMSE"
    case .mae: "mae"
    case .rmsle: "rmsle"
    case .auc: "AUC"
    case .aucpr: "pr_auc"
    case .liftTopGroup: "lift_top_group"
    case .misclassification: "err"
    case .meanPerClassError: "mean_per_class_error"
    case .r2: "r2"
    case .custom, .customIncreasing: "custom"
    }
  }

  func leaderboard(_ entries: [Int: GridEntry]) -> Leaderboard {
    Leaderboard(
      entries.sorted { $0.key < $1.key }.map(\.value), keys: main.job.hyperParameters.map(\.key), metric: metricName,
      moreIsBetter: metric.moreIsBetter)
  }

  /// Whether the best models no longer improve: the stopping rule, on the scores sorted with the best last.
  ///
  /// Looks at the models up to the first that is still in training, so that it does not depend on which ends first.
  func isSettled(_ entries: [Int: GridEntry]) -> Bool {
    guard stopping.rounds > 0 else { return false }
    let scores = (0..<count).prefix { entries[$0] != nil }.compactMap { entries[$0]?.metric(metricName) }.sorted()
    return stopping.stops(metric.moreIsBetter ? scores : scores.reversed())
  }
}
