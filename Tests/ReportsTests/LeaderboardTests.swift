import Reports
import Testing
import Training

@Suite("The leaderboard of a grid")
struct LeaderboardTests {
  private func entry(
    _ name: String, _ value: Double?, metric: StoppingMetric = .logloss, others: [String: Double] = [:]
  ) -> GridEntry {
    var metrics = others
    metrics[metric.nameInMetrics] = value
    return GridEntry(
      name: name, values: ["[5]"], fingerprint: "f",
      outcome: .trained(metrics: metrics, ending: "epochs", epochs: 3, seconds: 0.5))
  }

  private func failed(_ name: String) -> GridEntry {
    GridEntry(name: name, values: ["[7]"], fingerprint: "f", outcome: .failed(reason: "unstable, \"as said\""))
  }

  private func board(_ entries: [GridEntry], metric: StoppingMetric = .logloss) -> Leaderboard {
    Leaderboard(entries, keys: ["hidden"], metric: metric)
  }

  @Test("the best model is first, of equal ones the one tried first; a model without the metric is last")
  func order() {
    func entries(_ metric: StoppingMetric) -> [GridEntry] {
      [
        entry("none", nil, metric: metric), entry("b", 0.5, metric: metric), entry("c", 0.5, metric: metric),
        failed("x"), entry("a", 0.25, metric: metric),
      ]
    }
    #expect(board(entries(.logloss)).trained.map(\.name) == ["a", "b", "c", "none"])
    #expect(board(entries(.logloss)).best?.name == "a")
    #expect(board(entries(.auc), metric: .auc).trained.map(\.name) == ["b", "c", "a", "none"])
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

  @Test("after successive halving, complete models and those of a higher rung are ahead")
  func rungs() {
    func entry(_ name: String, _ values: [Double], hasEnded: Bool = false) -> GridEntry {
      GridEntry(
        name: name, values: ["[5]"], fingerprint: "f",
        outcome: .trained(metrics: ["logloss": values.last ?? 0], ending: "epochs", epochs: 3, seconds: 0.5),
        halving: .init(rungs: values.map { .init(value: $0, epochs: 1) }, hasEnded: hasEnded))
    }
    let entries = [
      entry("none", [0.7, .nan]), entry("a", [0.4]), entry("b", [0.7, 0.5]), entry("early", [0.6], hasEnded: true),
    ]
    let text = board(entries).csv.text
    #expect(
      text == """
        rank,model_id,hidden,logloss,rung,epochs,seconds,ending
        1,early,[5],0.6,1,3,0.5,epochs
        2,b,[5],0.5,2,3,0.5,epochs
        3,a,[5],0.4,1,3,0.5,epochs
        4,none,[5],,2,3,0.5,epochs

        """)
  }

  @Test("failures are listed with their reasons")
  func failures() {
    #expect(
      board([failed("x"), entry("a", 1)]).failuresCSV.text
        == "model_id,hidden,reason\nx,[7],\"unstable, \"\"as said\"\"\"\n")
  }
}
