import Announcements
import Spooling
import Testing

@Suite("The pace of progress in the journal")
struct ProgressPaceTests {
  private static let id = JobIdentifier(number: 1, name: "one")

  /// Returns the number of entries about scores at a steady rate.
  private func entries(scores: Int, seconds: Double) -> Int {
    var pace = ProgressPace()
    return (0..<scores).count { score in
      let share = Double(score) / Double(scores)
      return pace.tells(Self.id, model: "", fraction: share, nowSeconds: seconds * share)
    }
  }

  @Test("a training of an hour with 100,000 scores has about one entry per per cent")
  func hour() {
    #expect((99...101).contains(entries(scores: 100_000, seconds: 3600)))
  }

  @Test("a training of a week has an entry a minute")
  func week() {
    // Ten scores take 60.48 s.
    #expect(entries(scores: 100_000, seconds: 7 * 86_400) == 10_000)
  }

  @Test("a short training has at most one entry a second")
  func short() {
    #expect(entries(scores: 100_000, seconds: 3) == 3)
  }

  @Test("each model has its own pace, and a job that starts again begins anew")
  func models() {
    var pace = ProgressPace()
    #expect(pace.tells(Self.id, model: "cv_1", fraction: 0.5, nowSeconds: 0) == true)
    #expect(pace.tells(Self.id, model: "cv_2", fraction: 0.5, nowSeconds: 0) == true)
    #expect(pace.tells(Self.id, model: "cv_1", fraction: 0.6, nowSeconds: 0.5) == false)
    #expect(pace.tells(Self.id, model: "cv_1", fraction: 0.2, nowSeconds: 1) == true)
    pace.ended(Self.id)
    #expect(pace.tells(Self.id, model: "cv_1", fraction: 0.2, nowSeconds: 1.1) == true)
  }
}
