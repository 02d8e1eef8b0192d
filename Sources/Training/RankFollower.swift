internal import DataFrames
internal import DeepLearning
internal import Models

/// A rank other than 0, which trains copies, or whole models, as rank 0 orders.
///
/// It reads no file and writes none.
package struct RankFollower: Sendable {
  private let ranks: RankGroup
  private let mailbox: RankMailbox

  /// - `mailbox`: Trains the models that rank 0 assigns to this rank alone.
  package init(_ ranks: RankGroup, mailbox: RankMailbox) {
    self.ranks = ranks
    self.mailbox = mailbox
  }

  /// Follows orders until rank 0 orders the end.
  ///
  /// - Throws: ``RankFault`` if an order or a task is unintelligible.
  package func run() throws {
    var loop: (any CopyLoop)?
    defer { mailbox.onEnd() }
    while true {
      guard let order = RankOrder(ranks.shared([Int64](), isIdle: true)) else { throw RankFault.unknownOrder }
      switch order {
      case .end: return
      case .open:
        // The memory of the earlier model makes room for the next.
        loop = nil
        loop = try open()
      case .tables:
        loop = nil
        try receiveTables()
      case .meet:
        var letters = [[UInt8]](repeating: [], count: ranks.count)
        letters[0] = mailbox.nextLetter()
        try mailbox.onLetter(ranks.exchanged(letters)[0])
      case .collect:
        guard let loop else { throw RankFault.unknownOrder }
        var letters = [[UInt8]](repeating: [], count: ranks.count)
        for copy in loop.ownCopies { StateCoding.encode(copy, into: &letters[0]) }
        _ = ranks.exchanged(letters)
      case .compare: _ = ranks.gathered(Float(FastTrainer.processorLevel))
      case .train(let positions, let samplesBeforeIteration, let samplesBefore, let unit):
        guard let loop else { throw RankFault.unknownOrder }
        loop.unit = unit
        loop.train(positions, samplesBeforeIteration: samplesBeforeIteration, samplesBefore: samplesBefore)
      }
    }
  }

  private func receiveTables() throws {
    let training = try ranks.shared(Frame?.none)
    let hasValidation = ranks.shared([UInt8(0)])[0] == 1
    mailbox.onTables(training, hasValidation ? try ranks.shared(Frame?.none) : nil)
  }

  private func open() throws -> any CopyLoop {
    let task = try JSONCoding.decode(ShardTask.self, from: ranks.shared([]))
    var reader = StateCoding.Reader(ranks.shared([]))
    let state = try reader.state(topology: task.training.topology, rule: task.training.options.rule)
    let rows = task.shards.dealsRows ? try ranks.receivedRows() : ranks.shared(nil)
    return task.makeLoop(rows: rows, sequence: nil, state: state, ranks: ranks, heartbeat: {})
  }
}

extension RankGroup {
  /// Ends the other ranks; only rank 0 may call it, after its last training.
  package func endOthers() { _ = shared(RankOrder.end.words) }
}
