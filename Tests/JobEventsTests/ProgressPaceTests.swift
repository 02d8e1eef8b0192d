import JobEvents
import Testing

@Suite("The pace of events that people see")
struct ProgressPaceTests {
  private static func scored(_ model: String? = nil) -> JobEvent {
    let score = JobEvent.scored(
      .init(
        epochs: 1, totalEpochs: 10, samples: 5, samplesPerSecond: 1, headline: .init(name: "AUC", value: 0.5),
        isValidation: true))
    return model.map { .ofPart($0, score) } ?? score
  }

  private static func finished(_ model: String? = nil) -> JobEvent {
    let end = JobEvent.finished(
      .init(ending: "all epochs", epochs: 1, seconds: 1, headline: nil, isValidation: false))
    return model.map { .ofPart($0, end) } ?? end
  }

  /// Returns the number of events that are told of scores at a steady rate.
  private func told(scores: Int, seconds: Double, models: Int = 0) -> Int {
    var pace = ProgressPace()
    return (0..<scores).count { score in
      let share = Double(score) / Double(scores)
      let model = models == 0 ? nil : "model_\(1 + score * models / scores)"
      return pace.tells(Self.scored(model), fraction: share, seconds: seconds * share)
    }
  }

  @Test("of an hour with 100,000 scores about one per per cent is told")
  func hour() {
    #expect((99...101).contains(told(scores: 100_000, seconds: 3600)))
  }

  @Test("of a week with 100,000 scores one a minute is told")
  func week() {
    // Ten scores take 60.48 s.
    #expect(told(scores: 100_000, seconds: 7 * 86_400) == 10_000)
  }

  @Test("a short job is told at most once a second")
  func short() {
    #expect(told(scores: 100_000, seconds: 3) == 3)
  }

  @Test("a search through thousands of models is told as often as a single training, after its first ten models")
  func search() {
    #expect((2...13).contains(told(scores: 100_000, seconds: 3, models: 2000)))
    #expect((99...111).contains(told(scores: 100_000, seconds: 3600, models: 2000)))
    // The ends of models have a pace of their own.
    var pace = ProgressPace()
    let ends = (1...1000).count {
      pace.tells(Self.finished("model_\($0)"), fraction: Double($0) / 1000, seconds: Double($0) / 100)
    }
    #expect((10...21).contains(ends))
  }

  @Test("warnings, failures, and what the job itself does are always told")
  func always() {
    var pace = ProgressPace()
    #expect(pace.tells(Self.scored(), fraction: 0, seconds: 0) == true)
    #expect(pace.tells(Self.scored(), fraction: 1, seconds: 0.5) == false)
    for event in [
      .warning("odd"), .ofPart("model_1", .warning("odd")), .ofPart("model_1", .modelFailed("no")), Self.finished(),
      .processEnded(how: "status 0", .init(cpuSeconds: 1, peakMemoryBytes: 1)),
    ] as [JobEvent] {
      for _ in 0..<50 { #expect(pace.tells(event, fraction: 1, seconds: 0.5) == true, "\(event)") }
    }
  }

  @Test("the first event of each model of a small search is told, and a job that starts again begins anew")
  func models() {
    var pace = ProgressPace()
    #expect(pace.tells(Self.scored("cv_1"), fraction: 0.5, seconds: 0) == true)
    #expect(pace.tells(Self.scored("cv_2"), fraction: 0.5, seconds: 0) == true)
    #expect(pace.tells(Self.scored("cv_1"), fraction: 0.6, seconds: 0.5) == false)
    #expect(pace.tells(Self.scored("cv_1"), fraction: 0.2, seconds: 1) == true)
    #expect(pace.tells(.processStarted, fraction: 0.2, seconds: 1.1) == true)
    #expect(pace.tells(Self.scored("cv_1"), fraction: 0.2, seconds: 1.1) == true)
  }
}
