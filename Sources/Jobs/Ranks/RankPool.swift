internal import Dispatch
internal import JobFiles
internal import Synchronization
internal import Training

/// The threads of all ranks, on which rank 0 places the models of a job, each whole.
///
/// While other ranks train models, the ranks meet regularly and exchange letters. Between models they do not meet, so
/// that they can train copies of one.
final class RankPool: Sendable {
  /// The pause between meetings: short at first, for short trainings, and doubled up to the longest.
  private static let shortestPauseSeconds = 0.001
  private static let longestPauseSeconds = 0.1

  /// A model in training on another rank.
  private struct Model {
    let rank: Int
    let control: TrainingControl
    /// The request that the rank knows.
    var stopRequest = TrainingControl.StopRequest.none
    let reports: AsyncStream<RankMessage<RankReport>>.Continuation
  }

  private let ranks: RankGroup
  private let places: Mutex<RankPlaces>
  private struct State {
    var models: [Int: Model] = [:]
    var nextModel = 0
    /// The messages of the next letter to each rank.
    var outgoing: [[[UInt8]]]
    var isMeeting = false
    var closing: [CheckedContinuation<Void, Never>] = []
  }
  private let state: Mutex<State>
  private let queue = DispatchQueue(label: "deepspool.ranks")
  private let hasNews = DispatchSemaphore(value: 0)
  /// The last model that rank 0 has received, and measures.
  private let measured = Mutex<Task<Void, Never>?>(nil)

  /// Gives all ranks the tables of a job; nil if the job has one rank, or trains copies of its models.
  ///
  /// - Throws: `RankFault` if the job is reproducible and the ranks calculate differently.
  static func open(for main: ModelRequest) async throws -> RankPool? {
    let ranks = main.origin.ranks
    guard !ranks.isAlone, main.job.spreadsModels else { return nil }
    return try await BlockingWork.run {
      // H2O's mode trains reproducibly, whatever the job says.
      if main.job.reproducible || main.job.followsH2O { try ranks.compareProcessors() }
      try ranks.giveTables(training: main.training, validation: main.validationFrame)
      return RankPool(ranks, threads: main.threads)
    }
  }

  private init(_ ranks: RankGroup, threads: Int) {
    self.ranks = ranks
    places = Mutex(RankPlaces(rankCount: ranks.count, threads: max(1, threads)))
    state = Mutex(State(outgoing: Array(repeating: [], count: ranks.count)))
  }

  // MARK: Places

  /// Waits until a rank has as many threads as a model uses, and reserves them.
  ///
  /// - `onlyHere`: Whether only this process can train the model.
  func take(threads: Int, onlyHere: Bool) async -> RankPlace {
    await withCheckedContinuation { continuation in
      let granted = places.withLock { $0.take(threads, onlyHere: onlyHere) { continuation.resume(returning: $0) } }
      if let granted { continuation.resume(returning: granted) }
    }
  }

  /// Frees the threads of a place; does nothing if they are free.
  func giveBack(_ place: RankPlace) {
    for resume in places.withLock({ $0.giveBack(place) }) { resume() }
  }

  // MARK: Models on other ranks

  /// Starts the training of a model on another rank, and returns its reports; the last one is that it has ended.
  ///
  /// - `control`: Its requests are passed on.
  func train(
    _ task: RankTask, _ attachments: [[UInt8]], on place: RankPlace, _ control: TrainingControl
  ) throws -> AsyncStream<RankMessage<RankReport>> {
    let (reports, continuation) = AsyncStream.makeStream(of: RankMessage<RankReport>.self)
    try state.withLock { state in
      let number = state.nextModel
      let message = RankMessage(model: number, content: RankInstruction.train(task), attachments: attachments)
      state.outgoing[place.rank].append(try message.bytes())
      state.nextModel += 1
      state.models[number] = Model(rank: place.rank, control: control, reports: continuation)
      guard !state.isMeeting else { return }
      state.isMeeting = true
      queue.async { self.meetWhileModelsTrain() }
    }
    hasNews.signal()
    return reports
  }

  private func meetWhileModelsTrain() {
    var pauseSeconds = Self.shortestPauseSeconds
    while let letters = nextLetters() {
      let isBusy = letters.contains { !$0.isEmpty }
      let hasEnded = deliver(ranks.meet(letters))
      pauseSeconds = isBusy || hasEnded ? Self.shortestPauseSeconds : min(2 * pauseSeconds, Self.longestPauseSeconds)
      if !hasEnded { _ = hasNews.wait(timeout: .now() + pauseSeconds) }
    }
  }

  /// Returns the letters of the next meeting; nil if no other rank trains a model.
  private func nextLetters() -> [[UInt8]]? {
    let (letters, closing) = state.withLock { state -> ([[UInt8]]?, [CheckedContinuation<Void, Never>]) in
      guard !state.models.isEmpty else {
        state.isMeeting = false
        defer { state.closing = [] }
        return (nil, state.closing)
      }
      for (number, model) in state.models where model.control.stopRequest.rawValue > model.stopRequest.rawValue {
        let request = model.control.stopRequest
        let message = RankMessage(model: number, content: RankInstruction.stop(request.rawValue))
        guard let bytes = try? message.bytes() else { preconditionFailure("an instruction cannot be encoded") }
        state.models[number]?.stopRequest = request
        state.outgoing[model.rank].append(bytes)
      }
      defer { state.outgoing = Array(repeating: [], count: ranks.count) }
      return (state.outgoing.map(JoinedBytes.join), [])
    }
    for continuation in closing { continuation.resume() }
    return letters
  }

  /// Passes reports to the models that wait for them; returns whether a model has ended.
  private func deliver(_ letters: [[UInt8]]) -> Bool {
    var hasEnded = false
    for letter in letters where !letter.isEmpty {
      guard let messages = try? RankMessage<RankReport>.messages(in: letter) else {
        // The rank has understood the orders, so it runs this version.
        preconditionFailure("a letter of a rank cannot be decoded")
      }
      for message in messages {
        let model = state.withLock { state in
          guard case .ended = message.content else { return state.models[message.model] }
          return state.models.removeValue(forKey: message.model)
        }
        model?.reports.yield(message)
        guard case .ended = message.content else { continue }
        hasEnded = true
        model?.reports.finish()
      }
    }
    return hasEnded
  }

  /// Runs `body` when earlier calls have ended: each holds the rows of a model, and rank 0 may have room for few.
  func inTurn<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    let task = measured.withLock { last in
      let former = last
      let task = Task {
        await former?.value
        return try await body()
      }
      last = Task { _ = try? await task.value }
      return task
    }
    return try await task.value
  }

  /// Waits until no other rank trains a model, so that ranks can receive other orders.
  func close() async {
    await withCheckedContinuation { continuation in
      let isQuiet = state.withLock { state in
        if state.isMeeting { state.closing.append(continuation) }
        return !state.isMeeting
      }
      if isQuiet { continuation.resume() }
    }
  }
}
