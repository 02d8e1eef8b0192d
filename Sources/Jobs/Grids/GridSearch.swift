internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Reports
internal import Training

/// Trains the models of a grid, several in parallel; models finished by an earlier run are not trained again.
struct GridSearch: Sendable {
  /// The end of a search.
  enum Found: Sendable {
    /// The outcome of each tried model, by its number, counted from 0.
    case tried([Int: GridEntry])
    case ended(JobOutcome)
  }

  let grid: Grid
  let main: ModelRequest
  let context: RunContext
  /// The context of all models.
  let models: RunContext
  private let page: GridPage
  private let start = Clocks.monotonicSeconds()

  init(_ grid: Grid, _ main: ModelRequest, _ context: RunContext) {
    self.grid = grid
    self.main = main
    self.context = context
    models = context.part(context.onEvent)
    page = GridPage(main, context)
  }

  /// The number of models that train at the same time, on all ranks; the operator's limit applies to every job.
  var parallelism: Int {
    let threads = main.origin.ranks.count * main.threads
    return min(grid.count, main.job.gridParallelism.models(threads: threads))
  }

  /// The time left for the search; nil without a limit.
  var secondsLeft: Double? {
    main.job.gridMaxRuntimeSecs == 0
      ? nil : main.job.gridMaxRuntimeSecs - (Clocks.monotonicSeconds() - start)
  }

  /// Trains the combinations, as the strategy of the job says.
  ///
  /// - Throws: Faults of the machine or the program, which would fail the other models too.
  func run() async throws -> Found {
    do {
      let found = main.job.gridStrategy == .successiveHalving ? try await halve() : try await tryAll()
      await page.finish()
      return found
    } catch {
      await page.finish()
      throw error
    }
  }

  /// Trains the combinations in their order, each to its end.
  ///
  /// - Throws: Faults of the machine or the program, which would fail the other models too.
  private func tryAll() async throws -> Found {
    context.onEvent(.modelCount(grid.count, secondsLeft: secondsLeft))
    let parallelism = parallelism
    var entries: [Int: GridEntry] = [:]
    var ending: JobOutcome?
    var next = 0
    try await ModelsSideBySide<GridModelRun.Attempt>(parallelism: parallelism, control: models.control).run(
      next: {
        guard next < grid.count, ending == nil, !grid.isSettled(entries), context.control.stopRequest != .finish
        else { return nil }
        let secondsLeft = secondsLeft
        guard secondsLeft ?? 1 > 0 else { return nil }
        let number = next
        next += 1
        let run = GridModelRun(
          request: grid.request(number, secondsLeft: secondsLeft, parallelism: parallelism),
          values: grid.valueTexts(number), context: context, models: models)
        return (number, { try await run.train() })
      },
      ended: { number, attempt in
        switch attempt {
        case .done(let entry): entries[number] = entry
        case .ended(let outcome): ending = outcome
        }
      },
      changed: { await writeLivePage(entries, training: $0) })
    return ending.map(Found.ended) ?? .tried(entries)
  }

  /// Writes the current leaderboard as a page to watch during the search.
  func writeLivePage(_ entries: [Int: GridEntry], training: Set<Int>) async {
    let parts = training.sorted().map { number in
      PartsReport.Part(
        name: Grid.part(number + 1) + ": " + grid.valueTexts(number).joined(separator: ", "),
        state: .training, link: "\(JobFolderLayout.gridModelFolder(number + 1))/\(JobFolderLayout.reportFile)")
    }
    let folders = Dictionary(
      uniqueKeysWithValues: entries.filter(\.value.hasResult).map {
        ($1.name, "\(JobFolderLayout.gridModelFolder($0 + 1))/\($1.resultFolder)")
      })
    let report = GridReport(
      title: main.name, job: main.job, leaderboard: grid.leaderboard(entries), folders: folders, training: parts,
      repetition: main.origin.repetition, rungs: grid.rungs)
    await page.show(report.html)
  }
}
