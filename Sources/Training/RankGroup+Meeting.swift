package import DataFrames
internal import DeepLearning

/// The orders with which rank 0 has other ranks train whole models. No copies may be in training meanwhile.
extension RankGroup {
  /// Gives all ranks the tables of a job, which replace earlier ones.
  package func giveTables(training: Frame, validation: Frame?) throws {
    _ = shared(RankOrder.tables.words)
    _ = try shared(training)
    _ = shared([validation == nil ? UInt8(0) : 1])
    if let validation { _ = try shared(validation) }
  }

  /// Sends a letter to each other rank, and returns their answers, by rank.
  package func meet(_ letters: [[UInt8]]) -> [[UInt8]] {
    _ = shared(RankOrder.meet.words)
    return exchanged(letters)
  }

  /// Checks that all ranks calculate alike, to the last bit.
  ///
  /// - Throws: ``RankFault/differentProcessors(rank:level:expected:)``.
  package func compareProcessors() throws(RankFault) {
    _ = shared(RankOrder.compare.words)
    let levels = gathered(Float(FastTrainer.processorLevel))
    if let other = levels.firstIndex(where: { $0 != levels[0] }) {
      throw .differentProcessors(rank: other, level: Int(levels[other]), expected: Int(levels[0]))
    }
  }
}
