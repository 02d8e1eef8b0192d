internal import DeepLearning
internal import Training

/// A reader of untrusted checkpoints that also does what a job does with their numbers before training.
enum FuzzedCheckpoint {
  /// The topology of the seeds (`seeds.py`): two inputs, one Maxout unit, one output.
  private static let topology = NetworkTopology(
    inputs: 2, categoricalInputs: 0, categoricalColumns: 0, hidden: [1], outputs: 1, activation: .maxout)
  private static let rule = UpdateRule.adadelta(rho: 0.99, epsilon: 1e-8)
  private static let rowCount = 100

  static func read(_ bytes: [UInt8]) {
    guard let file = try? CheckpointFile(bytes: bytes, topology: topology, rule: rule) else { return }
    var sequence = RowSequence(usable: Array(0..<rowCount / 2), rowCount: rowCount, seed: file.seed, shuffles: true)
    let progress = file.progress.continued(on: sequence.identity).progress
    let schedule = IterationSchedule(
      usableRows: rowCount / 2, epochs: 1e9, request: -2, isReproducible: true, formsConsensus: false, walksFile: false)
    if let range = schedule.slice(at: progress, rows: 10, unit: 1) {
      let entries = sequence.entries(range)
      precondition(entries.allSatisfy { $0 >= 0 }, "entries \(entries)")
    }
    let drawn = IterationSchedule(
      rowCount: rowCount, epochs: 10, request: 20, isReproducible: true, shuffles: false)
    let order = RowOrder.rows(
      schedule: drawn, seed: file.seed, samplesBefore: progress.samplesBeforeIteration,
      iteration: progress.iteration)
    if progress.visited < order.count { precondition(order[progress.visited] >= 0) }
    let metric = StoppingMetric.rmse
    _ = StoppingRule(metric: metric, rounds: 2, tolerance: 0.1).stops(file.record.history.map(\.stoppingValue))
    _ = file.network?.description
  }
}
