import Testing
import Training

@Suite("Epochs are permutations of the usable rows")
struct RowSequenceTests {
  private let usable = [0, 2, 3, 5, 6, 9, 11]

  private func sequence(seed: Int = 1, shuffles: Bool = true) -> RowSequence {
    RowSequence(usable: usable, rowCount: 12, seed: seed, shuffles: shuffles)
  }

  /// Returns the row numbers of an epoch.
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

  @Test("an order is a pure function of seed and epoch, independent of earlier calls")
  func pure() {
    var used = sequence()
    _ = used.entries(28..<35)
    _ = used.entries(8..<10)
    #expect(used.entries(7..<14) == sequence().entriesAlone(7..<14))
    #expect(used.entries(9..<12) == Array(sequence().entriesAlone(7..<14)[2..<5]))
  }

  @Test("without shuffling, rows come in file order; entries include the number of the epoch")
  func fileOrder() {
    #expect(epoch(0, of: sequence(shuffles: false)) == usable)
    #expect(sequence(shuffles: false).entriesAlone(7..<9) == [12, 14])
  }

  @Test("the first rows of many permutations are distributed uniformly")
  func uniform() {
    var counts = [Int](repeating: 0, count: 12)
    for seed in 0..<7000 { counts[epoch(0, of: sequence(seed: seed))[0]] += 1 }
    // The expected count is a thousand each, with a standard deviation of 29.
    for row in usable { #expect(abs(counts[row] - 1000) < 150, "\(row): \(counts[row])") }
  }

  @Test("other rows start a new epoch; the same rows continue at their position")
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
    // Two epochs of seven rows have started; the third one has four rows.
    #expect(continued.progress.position == 8 && continued.hasOtherRows)
  }
}

extension RowSequence {
  fileprivate func entriesAlone(_ range: Range<Int>) -> [Int] {
    var copy = self
    return copy.entries(range)
  }
}
