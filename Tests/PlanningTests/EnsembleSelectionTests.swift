import Planning
import Testing

@Suite("Choice of the models of an ensemble")
struct EnsembleSelectionTests {
  /// The mean squared error, for rows whose response is 0.
  private func squares(_ outputs: [Double]) -> Double {
    outputs.reduce(0) { $0 + $1 * $1 } / Double(outputs.count)
  }

  @Test("models whose errors cancel are averaged, with shares by how often they were chosen")
  func cancelling() {
    // Two thirds of the first and one third of the second are exact; the third helps nobody.
    let found = EnsembleSelection(
      predictions: [[1, -1], [-2, 2], [3, 3]], rounds: 6, maximumModels: 3, loss: squares)
    #expect(found.counts == [2, 1, 0] && found.loss == 0)
    #expect(found.shares == [2.0 / 3, 1.0 / 3, 0])
  }

  @Test("of equal models the first is chosen, and no mean that is not better than the best model")
  func ties() {
    let found = EnsembleSelection(predictions: [[1, 1], [1, 1], [2, 2]], rounds: 5, maximumModels: 3, loss: squares)
    #expect(found.counts == [1, 0, 0] && found.loss == 1)
  }

  @Test("no more different models than wanted")
  func limit() {
    let predictions = [[1.0, 0, 0], [0, 1, 0], [0, 0, 1]]
    let found = EnsembleSelection(predictions: predictions, rounds: 9, maximumModels: 2, loss: squares)
    #expect(found.counts.count { $0 > 0 } == 2)
    #expect(
      EnsembleSelection(predictions: predictions, rounds: 9, maximumModels: 3, loss: squares).counts == [1, 1, 1])
  }

  @Test("a model without a loss is never chosen")
  func undefined() {
    let found = EnsembleSelection(predictions: [[.nan], [4]], rounds: 3, maximumModels: 2, loss: squares)
    #expect(found.counts == [0, 1])
    #expect(EnsembleSelection(predictions: [[.nan]], rounds: 3, maximumModels: 2, loss: squares).shares == [0])
  }
}
