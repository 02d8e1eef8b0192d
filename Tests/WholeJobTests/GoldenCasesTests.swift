import Testing

/// Runs small jobs that were run by H2O 3.46.0.12, and compares all results.
///
/// They cover each parameter, each distribution with each activation
/// (Tests/Support/golden/make_cases.py), and random tables and jobs that once gave different
/// results (random_cases.py).
@Suite("Each parameter acts as in H2O")
struct GoldenCasesTests {
  @Test("all cases are present")
  func count() { #expect(GoldenCase.names.count >= 247) }

  @Test(
    "a case agrees in predictions, weights, metrics, history, importances and summaries", arguments: GoldenCase.names)
  func agrees(_ name: String) async throws {
    for difference in try await GoldenCase(name).differences() {
      #expect(difference.isTolerable, "\(difference.what) \(difference.size)")
    }
  }
}
