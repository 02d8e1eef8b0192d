import Testing
import Training

@Suite("Rounds of averaged copies")
struct ShardPlanTests {
  @Test(
    "by default a round has 500 rows per copy, or the next whole number of mini-batches",
    arguments: [(1, 500), (32, 512), (256, 512), (500, 500), (1000, 1000)])
  func rounds(_ batchSize: Int, _ rows: Int) {
    #expect(ShardPlan(request: 3, isPossible: true, batchSize: batchSize).roundEntries == 3 * rows)
    let given = ShardPlan(request: 3, isPossible: true, batchSize: batchSize, samplesPerIteration: 100)
    #expect(given.roundEntries == 100)
    #expect(ShardPlan(request: 3, isPossible: false).count == 1)
  }
}
