internal import DataFrames
internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Metrics
internal import Planning
internal import Reports
internal import Training

/// The models of a grid as requests, and the stopping rule of the search.
struct Grid: Sendable {
  private var main: ModelRequest
  /// The seed for drawing combinations, and the first of the models' seeds if the job gives none.
  private let searchSeed: Int
  private let points: [[Int]]
  private let metric: StoppingMetric
  private let stopping: StoppingRule

  init(_ main: ModelRequest) throws {
    let job = main.job
    self.main = main
    searchSeed = job.gridSeed == -1 ? main.seed : job.gridSeed
    let drawn = try GridPoints(job, seed: searchSeed)
    points = drawn.points
    self.main.job.hyperParameters = drawn.dimensions
    let levels = job.responseColumn.flatMap { main.training.column(named: $0)?.levels }
    let isClassifier = levels != nil
    let requests = MetricRequests(job, classCount: levels?.count ?? 1)
    if let fault = requests.gridFault(isClassifier: isClassifier) { throw DocumentError([fault]) }
    metric = StoppingMetric(job.gridStoppingMetric, isClassifier: isClassifier, isAutoencoder: job.autoencoder)
    stopping = StoppingRule(metric: metric, rounds: job.gridStoppingRounds, tolerance: job.gridStoppingTolerance)
  }

  var count: Int { points.count }

  /// The rungs of successive halving as fractions of the epochs, the last one 1; empty in other searches.
  var rungs: [Double] { main.job.gridStrategy == .successiveHalving ? HalvingRungs(main.job).fractions : [] }

  /// H2O's name of the metric that ranks the models.
  var metricName: String { metric.nameInMetrics }

  /// Returns the name of a model; `number` counts from 1, as in H2O.
  static func name(_ main: ModelRequest, number: Int) -> String { "\(main.name)_model_\(number)" }

  /// Returns the name of a model among those of the grid.
  static func part(_ number: Int) -> String { "model_\(number)" }

  /// Returns the values of a combination as text, in the order of the hyper-parameters.
  func valueTexts(_ index: Int) -> [String] {
    zip(main.job.hyperParameters, points[index]).map { $0.values[$1].text }
  }

  /// Returns the request for a combination.
  ///
  /// - Parameters:
  ///   - index: The number of the combination, counted from 0.
  ///   - secondsLeft: The time left for the whole search; nil without a limit.
  ///   - parallelism: The number of models that train at the same time, on all ranks.
  /// - Returns: The request, with its part of the threads of a rank.
  func request(_ index: Int, secondsLeft: Double?, parallelism: Int) -> ModelRequest {
    var job = main.job.combination(points[index])
    if job.seed == -1 { job.give(searchSeed &+ index, to: \.seed) }
    if let secondsLeft {
      job.give(job.maxRuntimeSecs > 0 ? min(job.maxRuntimeSecs, secondsLeft) : secondsLeft, to: \.maxRuntimeSecs)
    }
    var request = main
    request.job = job
    request.name = Self.name(main, number: index + 1)
    request.part = Self.part(index + 1)
    request.workFolder += "/\(JobFolderLayout.gridModelFolder(index + 1))"
    request.seed = job.seed
    let ranks = main.origin.ranks.count
    request.threads = max(1, main.threads / ((parallelism + ranks - 1) / ranks))
    request.isSpread = main.job.spreadsModels
    return request
  }

  /// Returns the metric that ranks the models, as a number that is smaller for better models.
  func loss(of metrics: ModelMetrics) -> Double { metric.direction.loss(of: metric.value(of: metrics)) }

  /// Returns the number of a model, counted from 0; nil for a name of none.
  func number(of name: String) -> Int? {
    guard let number = Int(name.dropFirst(Self.name(main, number: 1).count - 1)), (1...count).contains(number),
      Self.name(main, number: number) == name
    else { return nil }
    return number - 1
  }

  /// Returns the result of a model at a rung that it has reached, or failed to reach.
  func result(_ entry: GridEntry, rung: Int) -> SuccessiveHalving.Result {
    guard let halving = entry.halving, halving.rungs.indices.contains(rung) else { return .failed }
    let loss = metric.direction.loss(of: halving.rungs[rung].value ?? .nan)
    return halving.hasEnded && rung == halving.rungs.count - 1 ? .ended(loss: loss) : .paused(loss: loss)
  }

  func leaderboard(_ entries: [Int: GridEntry]) -> Leaderboard {
    Leaderboard(
      entries.sorted { $0.key < $1.key }.map(\.value), keys: main.job.hyperParameters.map(\.key), metric: metric)
  }

  /// Returns whether the best models no longer improve: the stopping rule, applied to the scores
  /// sorted with the best last.
  ///
  /// Only models before the first unfinished one count, so that the result does not depend on the
  /// order in which they end.
  func isSettled(_ entries: [Int: GridEntry]) -> Bool {
    guard stopping.rounds > 0 else { return false }
    let scores = (0..<count).prefix { entries[$0] != nil }.compactMap { entries[$0]?.metric(metric.nameInMetrics) }
      .sorted()
    return stopping.stops(metric.moreIsBetter ? scores : scores.reversed())
  }
}
