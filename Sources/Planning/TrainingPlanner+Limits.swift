internal import DataFrames
internal import DeepLearning
internal import JobFiles
internal import Training
internal import Wording

/// The limits on the size of a network and of what is trained at once.
///
/// The values that messages suggest have been found to be accepted.
extension TrainingPlanner {
  /// Checks rule E26.
  func refuseTooLarge(_ topology: NetworkTopology, encoding: RowEncoding) throws(TrainingError) {
    func count(_ topology: NetworkTopology) -> Int { topology.parameterCount / topology.activation.channels }
    let maximum = ParameterRules.maximumParameterCount
    guard count(topology) > maximum else { return }
    let smaller = SmallerSetting.layers(job.hidden) { layers in
      var other = job
      other.give(layers, to: \.hidden)
      return count(
        TrainingPlanner(other, compatibility).topology(encoding, inputs: topology.inputs, outputs: topology.outputs))
        <= maximum
    }
    throw .unfit([
      job.fault(
        \.hidden,
        "\(job.hidden.text) makes \(NetworkSize.text(count(topology))) with "
          + "\(NumberText.count(topology.inputs, "input")); the maximum is \(NumberText.grouped(maximum)). Use smaller layers"
          + (smaller.map { ", such as \($0.text)" } ?? "")
          + ", or exclude columns with many levels (ignored_columns)")
    ])
  }

  /// Refuses mini-batches and copies of the network that need too much memory or time at once.
  func refuseTooMuchAtOnce(_ topology: NetworkTopology, _ options: LearningOptions) throws(TrainingError) {
    let needed = WorkingNumbers(
      topology: topology, memoriesPerWeight: options.rule.memoriesPerWeight, batchRows: options.engine.rowsPerStep,
      copies: job.trainingShards)
    if !needed.fitsBatch {
      throw tooLarge(\.miniBatchSize, needed.batchRows, topology) {
        let other = needed.with(batchRows: $0)
        return other.fitsBatch && other.fitsCopies
      }
    }
    if !needed.fitsCopies {
      throw tooLarge(\.trainingShards, needed.copies, topology) { needed.with(copies: $0).fitsCopies }
    }
  }

  private func tooLarge(
    _ key: ParameterKey, _ value: Int, _ topology: NetworkTopology, isAccepted: (Int) -> Bool
  ) -> TrainingError {
    let smaller = SmallerSetting.number(value, isAccepted: isAccepted)
    return .unfit([
      job.fault(
        key,
        "\(value) is too large for \(NetworkSize.text(topology.parameterCount)); "
          + (smaller.map { "use \($0) or less, or a smaller network" } ?? "use a smaller network"))
    ])
  }
}
