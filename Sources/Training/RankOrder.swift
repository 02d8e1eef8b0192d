/// An order of rank 0 to the others.
enum RankOrder: Equatable {
  /// Exit.
  case end
  /// Receive a ``ShardTask``, a network and rows, which replace the earlier ones.
  case open
  /// Say which instructions this machine trains with.
  case compare
  /// Receive the tables of a job.
  case tables
  /// Send the copies of this rank to rank 0.
  case collect
  /// Exchange letters about models that a rank trains alone.
  case meet
  /// Train on the rows at positions of the row order.
  ///
  /// `unit`: The positions between two averaging steps.
  case train(positions: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int, unit: Int)

  /// The form in which ranks exchange it.
  var words: [Int64] {
    switch self {
    case .end: [0]
    case .open: [1]
    case .compare: [3]
    case .tables: [4]
    case .meet: [5]
    case .collect: [6]
    case .train(let positions, let samplesBeforeIteration, let samplesBefore, let unit):
      [
        2, Int64(positions.lowerBound), Int64(positions.upperBound), Int64(samplesBeforeIteration),
        Int64(samplesBefore), Int64(unit),
      ]
    }
  }

  /// Nil if the words are not an order.
  init?(_ words: [Int64]) {
    guard let kind = words.first, words.count == (kind == 2 ? 6 : 1) else { return nil }
    switch kind {
    case 0: self = .end
    case 1: self = .open
    case 2 where words[1] <= words[2]:
      self = .train(
        positions: Int(words[1])..<Int(words[2]), samplesBeforeIteration: Int(words[3]),
        samplesBefore: Int(words[4]), unit: Int(words[5]))
    case 3: self = .compare
    case 4: self = .tables
    case 5: self = .meet
    case 6: self = .collect
    default: return nil
    }
  }
}
