import Testing

/// Runs small jobs that a real H2O 3.46.0.12 has run, and compares everything that came out.
///
/// Each parameter, each distribution with each activation (Tests/Support/golden/make_cases.py), and tables and jobs drawn
/// at random that once came out differently (random_cases.py).
@Suite("Each parameter does what it does in H2O")
struct GoldenCasesTests {
  @Test("no case is lost")
  func count() { #expect(GoldenCase.names.count >= 247) }

  @Test(
    "a case agrees in predictions, weights, metrics, history, importances and summaries", arguments: GoldenCase.names)
  func agrees(_ name: String) async throws {
    for difference in try await GoldenCase(name).differences() {
      #expect(difference.isTolerable, "\(difference.what) \(difference.size)")
    }
  }
}
