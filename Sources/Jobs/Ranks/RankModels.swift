internal import DataFrames
internal import DeepLearning
internal import DurableFiles
internal import JobEvents
internal import Synchronization
package import Training

/// The models that a rank other than 0 trains alone, each as one process would.
///
/// The rank plans, trains and scores them. Checkpoints, pages and events go to rank 0.
package final class RankModels: Sendable {
  private struct Tables {
    let training: Frame
    let validation: Frame?
  }

  private struct State {
    var tables: Tables?
    var controls: [Int: TrainingControl] = [:]
    /// The heartbeats of each model that rank 0 knows.
    var beats: [Int: Int] = [:]
    var messages: [[UInt8]] = []
  }

  private let state = Mutex(State())
  private let pages = PageAllowance(start: Clocks.monotonicSeconds())

  package init() {}

  /// The mailbox through which rank 0 reaches the models.
  package var mailbox: RankMailbox {
    RankMailbox(
      onTables: { [self] training, validation in
        state.withLock { $0.tables = Tables(training: training, validation: validation) }
      },
      nextLetter: { [self] in nextLetter() },
      onLetter: { [self] in try receive($0) },
      onEnd: { [self] in
        for control in state.withLock({ Array($0.controls.values) }) { control.stop(.cancel) }
      })
  }

  private func nextLetter() -> [UInt8] {
    let moved = state.withLock { state in
      state.controls.compactMap { model, control -> Int? in
        let beats = control.heartbeats
        defer { state.beats[model] = beats }
        return beats == state.beats[model, default: 0] ? nil : model
      }
    }
    for model in moved { send(.beat, of: model) }
    return state.withLock { state in
      defer { state.messages = [] }
      return JoinedBytes.join(state.messages)
    }
  }

  private func send(_ report: RankReport, of model: Int, _ attachments: [[UInt8]] = []) {
    let message = RankMessage(model: model, content: report, attachments: attachments)
    guard let bytes = try? message.bytes() else { preconditionFailure("a report cannot be encoded") }
    state.withLock { $0.messages.append(bytes) }
  }

  private func receive(_ letter: [UInt8]) throws {
    for message in try RankMessage<RankInstruction>.messages(in: letter) {
      switch message.content {
      case .train(let task): begin(message.model, task, message.attachments)
      case .stop(let request):
        guard let request = TrainingControl.StopRequest(rawValue: request) else { throw RankFault.unknownOrder }
        state.withLock { $0.controls[message.model] }?.stop(request)
      }
    }
  }

  private func begin(_ model: Int, _ task: RankTask, _ attachments: [[UInt8]]) {
    let control = TrainingControl()
    let tables = state.withLock { state in
      state.controls[model] = control
      state.beats[model] = 0
      return state.tables
    }
    Task {
      let (ending, files) = await train(model, task, attachments, tables, control)
      state.withLock { $0.controls[model] = nil }
      send(.ended(ending), of: model, files)
    }
  }

  /// Trains a model once; rank 0 decides about another attempt.
  private func train(
    _ model: Int, _ task: RankTask, _ attachments: [[UInt8]], _ tables: Tables?, _ control: TrainingControl
  ) async -> (RankEnding, [[UInt8]]) {
    do {
      guard let tables else { throw RankFault.unknownOrder }
      let request = try await BlockingWork.run {
        try task.request(training: tables.training, validation: tables.validation, attachments)
      }
      let context = RunContext(
        fileSystem: FileSystem(), control: control, store: store(model, RankTask.checkpoint(attachments)),
        pages: pages, onEvent: { [self] in send(.event($0), of: model) })
      do {
        switch try await ModelRun.attempt(request, context) {
        case .suspended: return (.suspended, [])
        case .cancelled: return (.cancelled, [])
        case .trained(let trained): return (.trained(.init(trained)), try RankEnding.Trained.attachments(trained))
        }
      } catch let error as UnstableTraining {
        return (.unstable(error), [])
      } catch {
        return (.failed(JobFailure(error, job: request.job)), [])
      }
    } catch {
      return (.failed(JobFailure(error)), [])
    }
  }

  /// The store that sends everything to rank 0.
  private func store(_ model: Int, _ checkpoint: [UInt8]?) -> ModelStore {
    ModelStore(
      checkpoint: { _ in checkpoint },
      keepCheckpoint: { [self] _, bytes in send(.checkpoint, of: model, [bytes]) },
      keepPage: { [self] _, bytes in send(.page, of: model, [bytes]) })
  }
}
