import JobEvents
import Testing

@Suite("Progress from events")
struct ProgressMeterTests {
  private static func scored(
    _ epochs: Double, of total: Double, auc: Double = 0.5, timeFraction: Double? = nil
  ) -> JobEvent {
    .scored(
      .init(
        epochs: epochs, totalEpochs: total, samples: 1, samplesPerSecond: 1,
        headline: .init(name: "AUC", value: auc), isValidation: true, timeFraction: timeFraction))
  }

  private static func finished(_ epochs: Double) -> JobEvent {
    .finished(
      .init(
        delivered: "the last network", ending: "all epochs", epochs: epochs, seconds: 1,
        headline: .init(name: "AUC", value: 0.9), isValidation: true))
  }

  private static func plan(_ epochs: Double) -> JobEvent {
    .planned(.init(rowCount: 9, validationRowCount: nil, units: [1, 1], parameterCount: 2, epochs: epochs, seed: 1))
  }

  private static func meter(_ events: [(Double, JobEvent)]) -> ProgressMeter {
    var meter = ProgressMeter()
    for (seconds, event) in events { meter.note(event, seconds: seconds) }
    return meter
  }

  @Test("a model advances with its epochs, and the time left follows its speed")
  func oneModel() {
    let meter = Self.meter([(0, .processStarted), (10, Self.plan(8)), (20, Self.scored(2, of: 8, auc: 0.75))])
    #expect(meter.fraction == 0.25)
    #expect(meter.secondsLeft(nowSeconds: 20) == 30)
    #expect(meter.secondsLeft(nowSeconds: 25) == 25)
    #expect(meter.secondsLeft(nowSeconds: 90) == 0)
    #expect(meter.score == .init(epochs: 2, totalEpochs: 8, metric: "validation_AUC", value: 0.75))
  }

  @Test("a model with a time limit advances with the time, if its epochs take longer")
  func timeLimit() {
    let meter = Self.meter([
      (0, .processStarted), (10, Self.plan(1000)), (15, Self.scored(2, of: 1000, timeFraction: 0.25)),
    ])
    #expect(meter.fraction == 0.25 && meter.secondsLeft(nowSeconds: 15) == 15)
  }

  @Test("a search with a time limit advances with the time, if its models take longer")
  func searchLimit() {
    let meter = Self.meter([
      (0, .processStarted), (10, .modelCount(5000, secondsLeft: 40)), (20, .ofPart("model_1", Self.scored(1, of: 2))),
    ])
    #expect(meter.fraction == 0.25 && meter.secondsLeft(nowSeconds: 20) == 30)
    #expect(
      Self.meter([(0, .modelCount(2, secondsLeft: 40)), (4, .ofPart("model_1", Self.scored(1, of: 2)))]).fraction
        == 0.25)
  }

  @Test("a search that continues after an interruption goes on from the share that it had")
  func searchResumed() {
    let meter = Self.meter([
      (0, .processStarted), (0, .modelCount(5000, secondsLeft: 40)), (20, .ofPart("model_1", Self.scored(1, of: 2))),
      (30, .processStarted), (30, .modelCount(5000, secondsLeft: 20)), (40, .ofPart("model_2", Self.scored(1, of: 2))),
    ])
    #expect(meter.fraction == 0.75)
  }

  @Test("the last score has the epoch of the delivered network, to which its metric belongs")
  func delivered() {
    let end = JobEvent.finished(
      .init(
        delivered: "the network of epoch 6", ending: "all epochs", epochs: 8, deliveredEpochs: 6, seconds: 1,
        headline: .init(name: "AUC", value: 0.9), isValidation: true))
    let meter = Self.meter([(0, .processStarted), (10, Self.plan(8)), (20, Self.scored(8, of: 8)), (21, end)])
    #expect(meter.score == .init(epochs: 6, totalEpochs: 8, metric: "validation_AUC", value: 0.9))
  }

  @Test("nothing is known before training, and a speed only after a score")
  func start() {
    #expect(ProgressMeter().fraction == nil)
    let meter = Self.meter([(0, .processStarted), (1, Self.plan(8))])
    #expect(meter.fraction == 0 && meter.secondsLeft(nowSeconds: 5) == nil && meter.score == nil)
  }

  @Test("events that arrive together tell no speed")
  func together() {
    var events: [(Double, JobEvent)] = [
      (0, .processStarted), (9, Self.plan(1000)), (9, .resumed(samples: 4, epochs: 400)),
      (9.001, Self.scored(401, of: 1000)),
    ]
    #expect(Self.meter(events).secondsLeft(nowSeconds: 9.5) == nil)
    events.append((11, Self.scored(402, of: 1000)))
    #expect(Self.meter(events).secondsLeft(nowSeconds: 11).map { $0.rounded() } == 598)
  }

  @Test("after an interruption, neither the pause nor the epochs before it count for the speed")
  func resumed() {
    let meter = Self.meter([
      (0, .processStarted), (0, Self.plan(10)), (10, Self.scored(4, of: 10)), (1000, .processStarted),
      (1010, Self.plan(10)), (1010, .resumed(samples: 4, epochs: 4)), (1020, Self.scored(6, of: 10)),
    ])
    #expect(meter.fraction == 0.6)
    #expect(meter.secondsLeft(nowSeconds: 1020).map { ($0 * 1000).rounded() / 1000 } == 20)
  }

  @Test("cross-validation counts each fold and the main model")
  func folds() {
    var events: [(Double, JobEvent)] = [
      (0, .modelCount(3)), (1, .ofPart("cv_1", Self.scored(5, of: 10))), (2, .ofPart("cv_2", Self.scored(4, of: 10))),
    ]
    #expect(Self.meter(events).fraction == 0.3)
    // Folds that stop early are complete nevertheless.
    events.append((3, .crossValidated(foldCount: 2, headline: .init(name: "AUC", value: 0.5))))
    #expect(Self.meter(events).fraction == 2.0 / 3)
    events += [(4, Self.plan(4)), (5, Self.scored(2, of: 4))]
    #expect(Self.meter(events).fraction == 2.5 / 3)
    events.append((6, Self.finished(4)))
    #expect(Self.meter(events).fraction == 1)
    #expect(Self.meter(events).score == .init(epochs: 4, totalEpochs: 4, metric: "validation_AUC", value: 0.9))
  }

  @Test("a grid counts its models, also those that failed, and the folds of each")
  func grid() {
    let events: [(Double, JobEvent)] = [
      (0, .modelCount(4)), (1, .ofPart("model_1", Self.finished(2))), (2, .ofPart("model_2", .modelFailed("why"))),
      (3, .ofPart("model_3", .modelCount(2))), (4, .ofPart("model_3_cv_1", Self.scored(1, of: 2))),
    ]
    #expect(Self.meter(events).fraction == 2.25 / 4)
  }

  @Test("a prediction has no progress before its end, and no epochs")
  func prediction() {
    let rows = JobEvent.finished(
      .init(ending: "9 rows", epochs: 0, seconds: 1, headline: nil, isValidation: false))
    let meter = Self.meter([(0, .processStarted), (1, rows)])
    #expect(meter.fraction == 1 && meter.score == nil)
  }

  @Test("a job that has ended its training has no time left, whatever epochs were left out")
  func finishedEarly() {
    let events: [(Double, JobEvent)] = [
      (0, .processStarted), (1, Self.plan(1000)), (2, Self.scored(1, of: 1000)), (3, Self.scored(2, of: 1000)),
    ]
    #expect(Self.meter(events).secondsLeft(nowSeconds: 3) ?? 0 > 900)
    var meter = Self.meter(events + [(4, Self.finished(2))])
    #expect(meter.isDone && meter.fraction == 1 && meter.secondsLeft(nowSeconds: 4) == nil)
    meter.note(.processStarted, seconds: 9)
    #expect(!meter.isDone)
  }

  @Test("the log keeps the latest score of each model before a start of the process, and no checkpoints")
  func milestones() {
    let events: [JobEvent] = [
      .processStarted, Self.plan(9), Self.scored(1, of: 9), .checkpointed(samples: 1), Self.scored(2, of: 9),
      .ofPart("cv_1", Self.scored(3, of: 9)), .processStarted, .warning("w"), Self.scored(4, of: 9),
      Self.scored(5, of: 9),
    ]
    let lines = events.enumerated().map { $1.line(seconds: Double($0)) }
    let text = lines.joined(separator: "\n") + "\n" + #"{"time": 99, "event": "scor"#
    let kept = EventLog.milestones(Array(text.utf8)).map { Int($0.seconds) }
    #expect(kept == [0, 1, 4, 5, 6, 9])
    #expect(
      EventLog.milestones(Array(text.utf8), withWarnings: true).map { Int($0.seconds) } == [0, 1, 4, 5, 6, 7, 9])
    #expect(EventLog.milestones([]).isEmpty)
  }
}
