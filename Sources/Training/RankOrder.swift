/// An order of rank 0 to the others.
enum RankOrder: Equatable {
  /// Exit.
  case end
  /// Receive a ``ShardTask``, rows and a network, which replace the earlier ones.
  case open
  /// Say which instructions this machine trains with.
  case compare
  /// Receive the tables of a job.
  case tables
  /// Send the copies of this rank to rank 0.
  case collect
  /// Exchange letters about models that a rank trains alone.
  case meet
  /// Receive entries of the row order and train on them.
  ///
  /// `unit`: The entries between two averaging steps.
  case train(samplesBeforeIteration: Int, samplesBefore: Int, unit: Int)

  /// The form in which ranks exchange it.
  var words: [Int64] {
    switch self {
    case .end: [0, 0, 0, 0]
    case .open: [1, 0, 0, 0]
    case .compare: [3, 0, 0, 0]
    case .tables: [4, 0, 0, 0]
    case .meet: [5, 0, 0, 0]
    case .collect: [6, 0, 0, 0]
    case .train(let samplesBeforeIteration, let samplesBefore, let unit):
      [2, Int64(samplesBeforeIteration), Int64(samplesBefore), Int64(unit)]
    }
  }

  /// Nil if the words are not an order.
  init?(_ words: [Int64]) {
    guard words.count == 4 else { return nil }
    switch words[0] {
    case 0: self = .end
    case 1: self = .open
    case 2: self = .train(samplesBeforeIteration: Int(words[1]), samplesBefore: Int(words[2]), unit: Int(words[3]))
    case 3: self = .compare
    case 4: self = .tables
    case 5: self = .meet
    case 6: self = .collect
    default: return nil
    }
  }
}
