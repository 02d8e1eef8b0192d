import JobEvents
import Testing

@Suite("Reports that wait for the supervisor")
struct ReportQueueTests {
  private func score(_ epochs: Double) -> JobEvent {
    .scored(
      .init(
        epochs: epochs, totalEpochs: 9, samples: 1, samplesPerSecond: 1, headline: .init(name: "AUC", value: 1),
        isValidation: false))
  }

  private func drain(_ queue: inout ReportQueue) -> [String] {
    var texts: [String] = []
    while let report = queue.takeFirst() { texts.append("\(report)") }
    return texts
  }

  @Test("a supervisor that keeps up receives every report, in order")
  func all() {
    var queue = ReportQueue()
    let reports = (0..<ReportQueue.roomBeforeCoalescing).map { WorkerReport.event(score(Double($0))) }
    for report in reports { queue.add(report) }
    #expect(drain(&queue) == reports.map { "\($0)" })
    #expect(queue.isEmpty)
  }

  @Test("for a slow supervisor, progress coalesces to the latest of each model; no other report is lost")
  func coalescing() {
    var queue = ReportQueue()
    let room = ReportQueue.roomBeforeCoalescing
    for number in 0..<room { queue.add(.event(.warning("\(number)"))) }
    for epoch in 1...1000 {
      queue.add(.event(score(Double(epoch))))
      queue.add(.event(.ofPart("fold_1", score(Double(epoch)))))
      queue.add(.event(.checkpointed(samples: epoch)))
      queue.add(.progress(.training))
    }
    queue.add(.event(.modelFailed("x")))
    queue.add(.ended(.outcome(.cancelled)))
    #expect(queue.count == room + 6)
    let expected: [WorkerReport] =
      (0..<room).map { .event(.warning("\($0)")) } + [
        .event(score(1000)), .event(.ofPart("fold_1", score(1000))), .event(.checkpointed(samples: 1000)),
        .progress(.training), .event(.modelFailed("x")), .ended(.outcome(.cancelled)),
      ]
    #expect(drain(&queue) == expected.map { "\($0)" })
  }
}
