import DurableFiles
import Foundation
import Spooling
import TestSupport
import Testing

/// How much the commands print about a job with very many events.
@Suite("The volume of events")
struct EventVolumeTests {
  private static let modelCount = 400
  private static let scoresPerModel = 5

  private let temporary = TemporaryFolder()

  /// The events of a search through many small models in a few seconds, one of which fails.
  private static var events: [String] {
    var lines = [#"{"time": 1000, "event": "process_started"}"#]
    lines.append(#"{"time": 1000, "event": "table_read", "table": "t.csv", "rows": 9, "columns": 2, "seconds": 0.1}"#)
    lines.append(#"{"time": 1000, "event": "model_count", "models": \#(modelCount)}"#)
    for model in 1...modelCount {
      let part = #""part": "model_\#(model)""#
      for score in 1...scoresPerModel {
        let time = 1000 + (Double(model) + Double(score) / 10) / 100
        lines.append(
          #"{"time": \#(time), "event": "scored", \#(part), "epochs": \#(score), "total_epochs": \#(scoresPerModel), "#
            + #""samples": 9, "samples_per_second": 100, "training_AUC": 0.\#(1000 + model)}"#)
      }
      let time = 1000.006 + Double(model) / 100
      lines.append(
        model == 200
          ? #"{"time": \#(time), "event": "model_failed", \#(part), "reason": "it is unstable"}"#
          : #"{"time": \#(time), "event": "finished", \#(part), "ending": "all epochs", "epochs": 5, "seconds": 0.01, "#
            + #""training_AUC": 0.\#(1000 + model), "delivered": "the last network", "verdict": "better"}"#)
    }
    lines.append(#"{"time": 1004.5, "event": "warning", "text": "one model failed"}"#)
    lines.append(
      #"{"time": 1005, "event": "finished", "ending": "best of \#(modelCount) models", "epochs": 0, "seconds": 4, "#
        + #""training_AUC": 0.9, "delivered": null, "verdict": null}"#)
    lines.append(
      #"{"time": 1006, "event": "process_ended", "how": "finished", "cpu_seconds": 4, "peak_memory_bytes": 1000000}"#)
    return lines
  }

  @Test("follow and logs print the course of a large search in few lines, and every event with --all and --json")
  func search() throws {
    let layout = SpoolLayout(root: "\(temporary.path)/spool")
    try SpoolDirectory(layout, fileSystem: FileSystem()).create()
    let folder = layout.folder(JobIdentifier(number: 1, name: "search"), in: .finished)
    try FileSystem().makeFolder(folder)
    let events = Self.events
    try FileSystem().write((events.joined(separator: "\n") + "\n").utf8, to: "\(folder)/events.jsonl")
    for command in ["follow", "logs"] {
      func lines(_ options: String...) throws -> [Substring] {
        let run = try Programs.deepspool([command, "search", "--spool", layout.root] + options)
        #expect(run.status == 0, "\(run)")
        return run.output.split(separator: "\n")
      }
      let shown = try lines()
      // Ten models and one line a second of scores and of ends, which have three lines each.
      #expect(shown.count < 80, "\(command): \(shown.count) lines")
      #expect(shown.contains { $0.contains("model_1: epoch 1 of 5") }, "\(shown)")
      let last = try #require(shown.firstIndex { $0.contains("model_400: epoch 5 of 5") }, "\(shown)")
      #expect(shown.dropFirst(last).contains { $0.contains("best of 400 models") }, "\(shown)")
      for text in ["t.csv: 9 rows", "model_200: failed: it is unstable", "warning: one model failed", "process ended"] {
        #expect(shown.contains { $0.contains(text) }, "\(command): \(text)")
      }
      #expect(try lines("--all").count > Self.modelCount * Self.scoresPerModel)
      #expect(try lines("--json").count == events.count + 1)
    }
    let tail = try Programs.deepspool(["logs", "search", "--spool", layout.root, "--tail", "1"]).output
    #expect(tail.contains("process ended"), "\(tail)")
  }

  @Test("the latest score of a job that runs is printed, however soon it came")
  func running() throws {
    let layout = SpoolLayout(root: "\(temporary.path)/spool")
    try SpoolDirectory(layout, fileSystem: FileSystem()).create()
    let folder = layout.folder(JobIdentifier(number: 1, name: "search"), in: .running)
    try FileSystem().makeFolder(folder)
    let events = Self.events.prefix(1000)
    try FileSystem().write((events.joined(separator: "\n") + "\n").utf8, to: "\(folder)/events.jsonl")
    let logs = try Programs.deepspool(["logs", "search", "--spool", layout.root]).output.split(separator: "\n")
    #expect(logs.count < 80)
    let scored = try #require(events.last { $0.contains("scored") })
    let part = try #require(scored.firstMatch(of: #/"part": "(\w+)", "epochs": (\d)/#))
    #expect(logs.last?.contains("\(part.1): epoch \(part.2) of 5") == true, "\(logs)")
  }
}
