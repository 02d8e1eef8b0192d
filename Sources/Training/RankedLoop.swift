internal import DataFrames
internal import DeepLearning
internal import Models

/// The loop of rank 0, which makes the other ranks train their copies with it.
final class RankedLoop: SampleLoop {
  private let loop: any CopyLoop
  private let ranks: RankGroup
  private let training: RowTraining
  private let clock: TrainingClock
  /// Nil if the rounds are fixed.
  private var tuning: RoundTuning?

  /// Sends the task, the rows and the network to the other ranks.
  ///
  /// - `rows`: The rows of the table, without inputs if `parts` has them.
  /// - `parts`: The rows if this rank keeps only those of its copies.
  /// - `epochRows`: The longest round that communication can lead to.
  /// - `sequence`: The row order.
  /// - `isReproducible`: Whether all ranks must calculate alike, to the last bit.
  /// - Throws: ``RankFault`` if they do not.
  init(
    task: ShardTask, rows: EncodedRows, parts: PartedRows?, sequence: RowSequence?, state: NetworkState,
    ranks: RankGroup, isReproducible: Bool, clock: TrainingClock, epochRows: Int,
    heartbeat: @escaping @Sendable () -> Void
  ) throws {
    self.ranks = ranks
    self.clock = clock
    self.training = task.training
    let (shards, batchSize) = (task.shards, task.training.options.engine.rowsPerStep)
    tuning = shards.communicationRatio.map {
      RoundTuning(
        targetRatio: $0, roundEntries: shards.roundEntries, granule: shards.count * batchSize,
        range: min(
          shards.count * batchSize, epochRows)...max(
            shards.roundEntries, min(epochRows, RoundTuning.maximumRowsPerCopy * shards.count)))
    }
    if isReproducible { try ranks.compareProcessors() }
    _ = ranks.shared(RankOrder.open.words)
    _ = ranks.shared(try JSONCoding.encode(task))
    var network: [UInt8] = []
    StateCoding.encode(state, into: &network)
    _ = ranks.shared(network)
    let own = Self.deal(rows, parts, task: task, sequence: sequence, ranks: ranks, heartbeat: heartbeat)
    loop = task.makeLoop(
      rows: own ?? rows, sequence: own == nil ? sequence : nil, state: state, ranks: ranks, clock: clock,
      heartbeat: heartbeat)
  }

  /// Sends each rank its rows.
  ///
  /// - Returns: The rows of the copies of rank 0; nil if it has all rows.
  private static func deal(
    _ rows: EncodedRows, _ parts: PartedRows?, task: ShardTask, sequence: RowSequence?, ranks: RankGroup,
    heartbeat: @Sendable () -> Void
  ) -> EncodedRows? {
    guard task.shards.dealsRows, let sequence else {
      _ = ranks.shared(rows)
      return nil
    }
    func numbers(of rank: Int) -> [Int] { sequence.rows(of: ranks.part(of: task.shards.count, rank: rank)) }
    let partSize = parts?.selector.rowsPerPart ?? rowsPerPart
    for rank in 1..<ranks.count {
      ranks.give(numbers(of: rank), inPartsOf: partSize, to: rank) { numbers in
        heartbeat()
        return parts?.rows(numbers) ?? rows.selecting(Array(numbers))
      }
    }
    guard let parts else { return nil }
    let own = numbers(of: 0)
    var collector = RowCollector(rowCount: own.count)
    for part in own.parts(of: partSize) {
      heartbeat()
      collector.append(parts.rows(part))
    }
    return collector.rows
  }

  /// The rows that are sent together if all are encoded.
  private static let rowsPerPart = 1 << 16

  var unit: Int { loop.unit }
  /// With elastic averaging, the copies of all ranks, which send theirs.
  var state: NetworkState {
    guard training.options.elasticity != nil else { return loop.state }
    var state = loop.state
    _ = ranks.shared(RankOrder.collect.words)
    for letter in ranks.exchanged([[UInt8]](repeating: [], count: ranks.count)).dropFirst() {
      var reader = StateCoding.Reader(letter)
      while !reader.isAtEnd {
        guard let copy = try? reader.state(topology: training.topology, rule: training.options.rule) else {
          // The rank has understood the orders, so it runs this version.
          preconditionFailure("the copies of a rank cannot be decoded")
        }
        state.copies.append(copy)
      }
    }
    return state
  }
  var isFinite: Bool { loop.isFinite }
  var averagingSeconds: Double { loop.averagingSeconds }

  func finishIteration() { loop.finishIteration() }

  func train(_ slice: RowSlice) -> Int {
    let positions = slice.position..<slice.position + slice.entries.count
    _ = ranks.shared(
      RankOrder.train(
        positions: positions, samplesBeforeIteration: slice.samplesBeforeIteration,
        samplesBefore: slice.samplesBefore, unit: loop.unit
      ).words)
    let (start, averagingBefore) = (clock.seconds(), loop.averagingSeconds)
    let trained = loop.train(slice)
    let communication = loop.averagingSeconds - averagingBefore
    tuning?.note(computation: clock.seconds() - start - communication, communication: communication)
    if let tuning { loop.unit = tuning.roundEntries }
    return trained
  }
}
