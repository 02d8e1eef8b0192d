import Foundation
import JobEvents
import Testing

@Suite("Messages between supervisor and worker")
struct MessageLineTests {
  static let score = JobEvent.ScoreSummary(
    epochs: 1.5, totalEpochs: 10, samples: 300, samplesPerSecond: 12345.678,
    headline: JobEvent.Headline(name: "AUC", value: 0.1 + 0.2), isValidation: true)
  static let finish = JobEvent.FinishSummary(
    delivered: "the best", ending: "converged", epochs: 10, seconds: 2.5,
    headline: JobEvent.Headline(name: "RMSE", value: .nan), isValidation: false)
  static let samples: [JobEvent] = [
    .tableRead(.init(name: "a\n\"b\".csv", rowCount: 3, columnCount: 2, seconds: 0.25)),
    .heldOut(.init(rowCount: 10, heldOutCount: 2, sentence: "2 of 10 rows")),
    .planned(.init(rowCount: 3, validationRowCount: nil, units: [2, 5, 3], parameterCount: 33, epochs: 10, seed: -1)),
    .warning("größer\u{0}"), .resumed(samples: 7, epochs: 0.5, after: .promotion), .scored(score),
    .checkpointed(samples: 9),
    .finished(finish), .crossValidated(foldCount: 3, headline: .init(name: "logloss", value: -.infinity)),
    .modelFailed("unstable"), .ofPart("fold_1", .ofPart("model_2", .scored(score))),
    .processEnded(how: "finished", ProcessUsage(cpuSeconds: 1.25, peakMemoryBytes: 1 << 40)),
  ]

  @Test("every event arrives unchanged, on one line, whatever its numbers and names", arguments: samples)
  func events(_ event: JobEvent) throws {
    let bytes = try MessageLine.bytes(WorkerReport.event(event))
    #expect(bytes.last == MessageLine.end && !bytes.dropLast().contains(MessageLine.end))
    guard case .event(let arrived) = try MessageLine.message(bytes.dropLast()) as WorkerReport else {
      Issue.record("not an event")
      return
    }
    #expect("\(arrived)" == "\(event)")
    #expect(arrived.line(seconds: 0) == event.line(seconds: 0))
  }

  @Test("orders, assignments and endings arrive unchanged")
  func others() throws {
    let assignment = WorkerAssignment(
      job: "000042-prostate",
      place: .spool(
        .init(
          root: "/var/spool/deepspool", dataDirectories: ["/a", "/b c"], exportDirectories: [],
          resultsGroup: "submitter", submitter: .init(userID: .max, groupIDs: [1, 2], mustRead: true))), threads: 2,
      maximumTableBytes: .max, memoryLimitBytes: 1 << 30, progressSeconds: 5)
    guard case .begin(let arrived) = try message(WorkerOrder.begin(assignment)) else {
      Issue.record("not an assignment")
      return
    }
    #expect(arrived == assignment)
    for order in [WorkerOrder.suspend, .finish, .cancel] { #expect("\(try message(order))" == "\(order)") }
    let endings: [JobEnding] = [
      .outcome(.finished(Self.finish)), .outcome(.suspended), .outcome(.cancelled),
      .failure(JobFailure(.environment, "no space")),
    ]
    for ending in endings {
      #expect("\(try message(WorkerReport.ended(ending)))" == "\(WorkerReport.ended(ending))")
    }
  }

  private func message<Message: Codable>(_ message: Message) throws -> Message {
    try MessageLine.message(try MessageLine.bytes(message).dropLast())
  }

  @Test("a message of another version and an invalid message are rejected")
  func refused() throws {
    let bytes = try MessageLine.bytes(WorkerOrder.cancel).dropLast()
    let text = String(decoding: bytes, as: UTF8.self)
    let other = text.replacing("\"version\":\(MessageLine.version)", with: "\"version\":\(MessageLine.version + 1)")
    #expect(other != text)
    for line in [other, "", "{}", "null", String(text.dropLast()), text.replacing("cancel", with: "cancle")] {
      #expect(throws: (any Error).self, "\(line)") { try MessageLine.message(Array(line.utf8)) as WorkerOrder }
    }
  }

  @Test("pieces of any size give the same lines; a line without an end is rejected at the size limit")
  func pieces() throws {
    let text = Array("one\n\nthree\nrest".utf8)
    for size in 1...text.count {
      var buffer = LineBuffer()
      var lines: [String] = []
      for start in stride(from: 0, to: text.count, by: size) {
        let added = buffer.add(text[start..<min(text.count, start + size)])
        let complete = try #require(added)
        lines += complete.map { String(decoding: $0, as: UTF8.self) }
      }
      #expect(lines == ["one", "", "three"], "in pieces of \(size)")
    }
    var endless = LineBuffer()
    #expect(endless.add([UInt8](repeating: 65, count: MessageLine.maximumBytes)) == [])
    #expect(endless.add([65]) == nil)
  }
}
