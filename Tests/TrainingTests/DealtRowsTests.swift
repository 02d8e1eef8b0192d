import Testing
import Training

@Suite("Rows that are dealt to copies")
struct DealtRowsTests {
  private func epoch(_ number: Int, copies: Int, shuffles: Bool = true) -> [Int] {
    var sequence = RowSequence(
      usable: Array(stride(from: 0, to: 46, by: 2)), rowCount: 50, seed: 3, shuffles: shuffles, dealtTo: copies)
    return sequence.entries(number * 23..<(number + 1) * 23).map { $0 - number * 50 }
  }

  @Test("each epoch has every dealt row once; every copy has the same rows in each epoch, in another order")
  func dealt() {
    let epochs = (0..<5).map { epoch($0, copies: 4) }
    for rows in epochs { #expect(rows.sorted() == Array(0..<23)) }
    for copy in 0..<4 {
      let own = epochs.map { rows in stride(from: copy, to: 23, by: 4).map { rows[$0] } }
      #expect(Set(own.map { $0.sorted() }).count == 1)
      #expect(Set(own).count == 5)
    }
  }

  @Test("without shuffling, each copy visits its rows in the order of the file")
  func fileOrder() {
    let rows = epoch(1, copies: 4, shuffles: false)
    for copy in 0..<4 {
      let own = stride(from: copy, to: 23, by: 4).map { rows[$0] }
      #expect(own == own.sorted())
    }
  }

  @Test("a checkpoint of other copies begins a new epoch")
  func identity() {
    let sequences = [nil, 2, 3].map {
      RowSequence(usable: [0, 2, 3, 5], rowCount: 12, seed: 1, shuffles: true, dealtTo: $0).identity
    }
    #expect(Set(sequences).count == 3)
  }
}
