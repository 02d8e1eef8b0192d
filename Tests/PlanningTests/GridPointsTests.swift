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

  @Test("values are drawn from ranges, rounded, within their ends, and by their logarithms or as whole numbers")
  func ranges() throws {
    let text = """
        hyper_params:
          rate: {from: 1e-4, to: 1e-1, log: true}
          mini_batch_size: {from: 16, to: 64}
          l1: {from: 0, to: 1}
          rho: [0.9, 0.99]
        search_criteria: {strategy: RandomDiscrete, max_models: 400, seed: 3}
      """
    func drawn(_ seed: Int, _ text: String) throws -> [[String]] {
      let drawn = try GridPoints(try PlannedJob("response_column: y\ngrid:\n\(text)").job, seed: seed)
      return drawn.points.map { point in zip(drawn.dimensions, point).map { $0.values[$1].text } }
    }
    let found = try drawn(1, text)
    #expect(found.count == 400 && Set(found).count == 400)
    let rates = found.compactMap { Double($0[0]) }
    #expect(rates.count == 400 && rates.allSatisfy { $0 >= 1e-4 && $0 <= 1e-1 })
    // Uniform logarithms: a third of the numbers in each decade, with a standard deviation of 9.4.
    #expect([1e-4, 1e-3, 1e-2].allSatisfy { low in abs(rates.count { $0 >= low && $0 < 10 * low } - 133) < 45 })
    #expect(found.allSatisfy { $0[0].filter { "123456789".contains($0) }.count <= 5 })
    let sizes = found.compactMap { Int($0[1]) }
    #expect(sizes.count == 400 && sizes.min() == 16 && sizes.max() == 64)
    #expect(Set(found.map { $0[3] }) == ["0.9", "0.99"])
    // More combinations begin with the same ones, and another seed has others.
    #expect(try drawn(1, text.replacing("400", with: "20")) == Array(found.prefix(20)))
    #expect(try drawn(2, text) != found)
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
