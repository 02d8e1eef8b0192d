import Testing
import Training

@Suite("Epochs as permutations of the usable rows")
struct RowSequenceTests {
  private let usable = [0, 2, 3, 5, 6, 9, 11]

  private func sequence(seed: Int = 1, shuffles: Bool = true) -> RowSequence {
    RowSequence(usable: usable, rowCount: 12, seed: seed, shuffles: shuffles)
  }

  /// The row numbers of an epoch.
  private func epoch(_ number: Int, of sequence: RowSequence) -> [Int] {
    var sequence = sequence
    return sequence.entries(number * 7..<(number + 1) * 7).map { $0 - number * 12 }
  }

  @Test("every epoch visits each usable row once, in another order")
  func permutations() {
    let epochs = (0..<20).map { epoch($0, of: sequence()) }
    for rows in epochs { #expect(rows.sorted() == usable) }
    #expect(Set(epochs).count > 18)
    #expect(epoch(0, of: sequence(seed: 2)) != epochs[0])
  }

  @Test("an order is a pure function of seed and epoch, whatever was asked before")
  func pure() {
    var used = sequence()
    _ = used.entries(28..<35)
    _ = used.entries(8..<10)
    #expect(used.entries(7..<14) == sequence().entriesAlone(7..<14))
    #expect(used.entries(9..<12) == Array(sequence().entriesAlone(7..<14)[2..<5]))
  }

  @Test("without shuffling rows come in the order of the file, and the epoch counts in the entry")
  func fileOrder() {
    #expect(epoch(0, of: sequence(shuffles: false)) == usable)
    #expect(sequence(shuffles: false).entriesAlone(7..<9) == [12, 14])
  }

  @Test("first rows of many permutations are spread evenly")
  func uniform() {
    var counts = [Int](repeating: 0, count: 12)
    for seed in 0..<7000 { counts[epoch(0, of: sequence(seed: seed))[0]] += 1 }
    // A thousand each; the standard deviation is 29.
    for row in usable { #expect(abs(counts[row] - 1000) < 150, "\(row): \(counts[row])") }
  }

  @Test("a sequence of other rows begins with a new epoch, the same rows go on where they were")
  func otherRows() {
    let identity = sequence().identity
    var progress = TrainingProgress()
    #expect(progress.continued(on: identity).progress.position == 0)
    progress.rowSet = identity
    (progress.samples, progress.position) = (10, 10)
    let same = progress.continued(on: identity)
    #expect(same.progress.position == 10 && !same.hasOtherRows)
    let other = RowSequence(usable: [0, 2, 3, 5], rowCount: 12, seed: 1, shuffles: true).identity
    let continued = progress.continued(on: other)
    // Two epochs of seven rows are begun; the third has four.
    #expect(continued.progress.position == 8 && continued.hasOtherRows)
  }
}

extension RowSequence {
  fileprivate func entriesAlone(_ range: Range<Int>) -> [Int] {
    var copy = self
    return copy.entries(range)
  }
}
