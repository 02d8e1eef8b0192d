import JobFiles
import Planning
import Testing

@Suite("Rungs of successive halving")
struct HalvingRungsTests {
  private func fractions(_ text: String, _ criteria: String = "") throws -> [Double] {
    HalvingRungs(
      try PlannedJob(
        "response_column: y\n\(text)\ngrid:\n  hyper_params: {l1: [0, 0.1]}\n"
          + "  search_criteria: {strategy: SuccessiveHalving\(criteria)}"
      ).job
    ).fractions
  }

  private func isClose(_ found: [Double], _ expected: [Double]) -> Bool {
    found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 }
  }

  @Test("automatically two geometric rungs, otherwise as many as given")
  func geometric() throws {
    #expect(isClose(try fractions("epochs: 27"), [1.0 / 3, 1]))
    #expect(isClose(try fractions("epochs: 27", ", reduction_factor: 4"), [1.0 / 4, 1]))
    #expect(isClose(try fractions("epochs: 27", ", rungs: 4"), [1.0 / 27, 1.0 / 9, 1.0 / 3, 1]))
    #expect(isClose(try fractions("epochs: 1"), [1.0 / 3, 1]))
    #expect(isClose(try fractions("epochs: 1", ", rungs: 3, reduction_factor: 2"), [0.25, 0.5, 1]))
    #expect(try fractions("epochs: 1", ", rungs: 1") == [1])
  }

  @Test("with CosLog4 the ends of its cycles")
  func cycles() throws {
    let schedule = "optimizer: Adam\nrate_schedule: CosLog4\nepochs: "
    #expect(isClose(try fractions(schedule + "30"), [3.0 / 15, 7.0 / 15, 1]))
    #expect(isClose(try fractions(schedule + "3"), [7.0 / 15, 1]))
    #expect(isClose(try fractions(schedule + "30", ", rungs: 4"), [1.0 / 15, 3.0 / 15, 7.0 / 15, 1]))
    #expect(isClose(try fractions(schedule + "30", ", rungs: 2"), [7.0 / 15, 1]))
    #expect(isClose(try fractions("preset: tabular"), [3.0 / 15, 7.0 / 15, 1]))
  }
}
