import JobEvents
import Testing

/// Tests of the lines in events.jsonl, which users' scripts read: the format must not change.
@Suite("Lines of events.jsonl")
struct EventLineTests {
  private static let headline = JobEvent.Headline(name: "logloss", value: 0.25)
  private static let cases: [(JobEvent, String)] = [
    (.processStarted, #""event": "process_started"}"#),
    (.modelCount(6), #""event": "model_count", "models": 6}"#),
    (.modelCount(6, secondsLeft: 9), #""event": "model_count", "models": 6, "seconds_left": 9}"#),
    (
      .scored(
        .init(
          epochs: 1, totalEpochs: 10, samples: 18, samplesPerSecond: 9, headline: headline, isValidation: false,
          timeFraction: 0.5)),
      #""event": "scored", "epochs": 1, "total_epochs": 10, "samples": 18, "samples_per_second": 9, "training_logloss": 0.25, "time_fraction": 0.5}"#
    ),
    (
      .tableRead(.init(name: "iris.csv", rowCount: 150, columnCount: 5, seconds: 0.25)),
      #""event": "table_read", "table": "iris.csv", "rows": 150, "columns": 5, "seconds": 0.25}"#
    ),
    (
      .heldOut(.init(rowCount: 150, heldOutCount: 30, sentence: "30 rows")),
      #""event": "held_out", "rows": 150, "held_out": 30, "text": "30 rows"}"#
    ),
    (
      .planned(
        .init(rowCount: 120, validationRowCount: nil, units: [4, 5, 3], parameterCount: 43, epochs: 10, seed: 1)),
      #""event": "planned", "rows": 120, "validation_rows": null, "units": [4, 5, 3], "parameters": 43, "epochs": 10, "seed": 1}"#
    ),
    (.warning("a \"b\""), #""event": "warning", "text": "a \"b\""}"#),
    (.resumed(samples: 7, epochs: 0.5), #""event": "resumed", "samples": 7, "epochs": 0.5}"#),
    (
      .resumed(samples: 7, epochs: 0.5, after: .promotion),
      #""event": "resumed", "samples": 7, "epochs": 0.5, "after": "promotion"}"#
    ),
    (
      .resumed(samples: 7, epochs: 0.5, after: .earlierModel),
      #""event": "resumed", "samples": 7, "epochs": 0.5, "after": "earlier_model"}"#
    ),
    (
      .scored(
        .init(
          epochs: 1.5, totalEpochs: 10, samples: 180, samplesPerSecond: 999.6, headline: headline, isValidation: true)),
      #""event": "scored", "epochs": 1.5, "total_epochs": 10, "samples": 180, "samples_per_second": 1000, "validation_logloss": 0.25}"#
    ),
    (.checkpointed(samples: 180), #""event": "checkpointed", "samples": 180}"#),
    (
      .crossValidated(foldCount: 3, headline: headline),
      #""event": "cross_validated", "folds": 3, "cross_validation_logloss": 0.25}"#
    ),
    (.modelFailed("why"), #""event": "model_failed", "reason": "why"}"#),
    (
      .ofPart("fold_1", .checkpointed(samples: 3)), #""event": "checkpointed", "part": "fold_1", "samples": 3}"#
    ),
    (
      .finished(
        .init(
          delivered: nil, verdict: "better", ending: "all epochs", epochs: 10, seconds: 1.5, headline: headline,
          isValidation: false)),
      #""event": "finished", "ending": "all epochs", "epochs": 10, "seconds": 1.5, "training_logloss": 0.25, "delivered": null, "verdict": "better"}"#
    ),
    (
      .finished(
        .init(
          delivered: "the network of epoch 6", verdict: nil, ending: "all epochs", epochs: 10, deliveredEpochs: 6,
          seconds: 1.5, headline: headline, isValidation: false)),
      #""event": "finished", "ending": "all epochs", "epochs": 10, "seconds": 1.5, "training_logloss": 0.25, "delivered_epochs": 6, "delivered": "the network of epoch 6", "verdict": null}"#
    ),
    (
      .finished(.init(ending: "9 rows predicted", epochs: 0, seconds: 1.5, headline: nil, isValidation: false)),
      #""event": "finished", "ending": "9 rows predicted", "epochs": 0, "seconds": 1.5, "delivered": null, "verdict": null}"#
    ),
    (
      .processEnded(how: "finished", ProcessUsage(cpuSeconds: 1.5, peakMemoryBytes: 1024)),
      #""event": "process_ended", "how": "finished", "cpu_seconds": 1.5, "peak_memory_bytes": 1024}"#
    ),
  ]

  @Test("a line is read back as the event that wrote it", arguments: cases)
  func reading(_ event: JobEvent, _ expected: String) throws {
    let line = event.line(seconds: 1.25)
    let logged = try #require(LoggedEvent(line: line.utf8), "\(expected)")
    #expect(logged.seconds == 1.25)
    #expect(logged.event.line(seconds: 1.25) == line)
  }

  @Test(
    "other lines are no events",
    arguments: ["", "{}", "null", #"{"time": 1, "event": "new"}"#, #"{"time": 1, "event": "scored", "epochs": 1}"#])
  func foreign(_ line: String) { #expect(LoggedEvent(line: line.utf8) == nil) }

  @Test("each event has its line", arguments: cases)
  func line(_ event: JobEvent, _ expected: String) {
    #expect(event.line(seconds: 1.23456) == #"{"time": 1.235, "# + expected)
  }

  @Test("a score in words has the total of epochs, if that is known, and the table of the metric")
  func scoreSentence() {
    func score(_ total: Double, isValidation: Bool) -> String {
      JobEvent.ScoreSummary(
        epochs: 6.1, totalEpochs: total, samples: 100, samplesPerSecond: 10, headline: Self.headline,
        isValidation: isValidation
      ).sentence
    }
    #expect(score(10, isValidation: true) == "epoch 6.1 of 10, validation logloss 0.25")
    #expect(score(0, isValidation: false) == "epoch 6.1, training logloss 0.25")
  }
}
