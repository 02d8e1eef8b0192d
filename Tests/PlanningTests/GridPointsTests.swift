import JobFiles
import Planning
import Testing

@Suite("Combinations of a grid")
struct GridPointsTests {
  private func points(_ text: String, seed: Int = 1) throws -> [[Int]] {
    try GridPoints(try PlannedJob("response_column: y\ngrid:\n\(text)").job, seed: seed).points
  }

  private static let parameters = "  hyper_params: {hidden: [[2], [3], [4]], l1: [0, 0.1]}\n"

  @Test("Cartesian: all combinations, the first parameter varies fastest")
  func cartesian() throws {
    #expect(try points(Self.parameters) == [[0, 0], [1, 0], [2, 0], [0, 1], [1, 1], [2, 1]])
    #expect(try points(Self.parameters + "  search_criteria: {max_models: 2}") == [[0, 0], [1, 0]])
  }

  @Test("RandomDiscrete: as many different combinations as requested, determined by the seed")
  func random() throws {
    let criteria = Self.parameters + "  search_criteria: {strategy: RandomDiscrete, max_models: 4}"
    let drawn = try points(criteria)
    #expect(drawn.count == 4 && Set(drawn).count == 4)
    #expect(try points(criteria) == drawn)
    #expect(try points(criteria, seed: 9) != drawn)
    #expect(try points(Self.parameters + "  search_criteria: {strategy: RandomDiscrete, max_models: 99}").count == 6)
  }

  @Test("a grid with too many models is refused with advice")
  func tooLarge() {
    let values = (1...101).map { "\(Double($0) / 1000)" }.joined(separator: ", ")
    let error = #expect(throws: TrainingError.self) {
      try points("  hyper_params: {l1: [\(values)], l2: [\(values)]}\n")
    }
    #expect(error.map { "\($0)".contains("RandomDiscrete") } == true)
  }
}
