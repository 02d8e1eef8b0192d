import Reports
import Testing

@Suite("The leaderboard of a grid")
struct LeaderboardTests {
  private func entry(_ name: String, _ value: Double?, others: [String: Double] = [:]) -> GridEntry {
    var metrics = others
    metrics["logloss"] = value
    return GridEntry(
      name: name, values: ["[5]"], fingerprint: "f",
      outcome: .trained(metrics: metrics, ending: "epochs", epochs: 3, seconds: 0.5))
  }

  private func failed(_ name: String) -> GridEntry {
    GridEntry(name: name, values: ["[7]"], fingerprint: "f", outcome: .failed(reason: "unstable, \"as said\""))
  }

  private func board(_ entries: [GridEntry], moreIsBetter: Bool = false) -> Leaderboard {
    Leaderboard(entries, keys: ["hidden"], metric: "logloss", moreIsBetter: moreIsBetter)
  }

  @Test("the best model is first, of equal ones the one tried first; a model without the metric is last")
  func order() {
    let entries = [entry("none", nil), entry("b", 0.5), entry("c", 0.5), failed("x"), entry("a", 0.25)]
    #expect(board(entries).trained.map(\.name) == ["a", "b", "c", "none"])
    #expect(board(entries).best?.name == "a")
    #expect(board(entries, moreIsBetter: true).trained.map(\.name) == ["b", "c", "a", "none"])
    #expect(board([failed("x")]).best == nil)
  }

  @Test("the ranking metric comes first; missing values are empty cells")
  func table() {
    let text = board([entry("a", 0.25, others: ["auc": 0.5]), entry("none", nil)]).csv.text
    #expect(
      text == """
        rank,model_id,hidden,logloss,auc,epochs,seconds,ending
        1,a,[5],0.25,0.5,3,0.5,epochs
        2,none,[5],,,3,0.5,epochs

        """)
  }

  @Test("failures are listed with their reasons")
  func failures() {
    #expect(
      board([failed("x"), entry("a", 1)]).failuresCSV.text
        == "model_id,hidden,reason\nx,[7],\"unstable, \"\"as said\"\"\"\n")
  }
}
