import ArgumentParser
internal import DurableFiles
internal import JobFiles
internal import Spooling

/// Prints the events of a job until it ends.
struct FollowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow", abstract: "Prints the events of a job until it ends; the exit status reflects the outcome.")

  /// The interval between two reads of the job's folder.
  private static let pause = Duration.milliseconds(200)

  @OptionGroup var options: SpoolOptions

  @Argument(help: "Number, name or identifier of the job; a job just submitted may take a moment to appear.")
  var id: String

  func run() async throws {
    try await CommandFailure.reporting {
      let layout = try options.layout()
      let fileSystem = FileSystem()
      var shown = 0
      var lastState: JobState?
      while true {
        let (_, id, state) = try await options.findArriving(id, layout)
        let report = JobReport(id: id, state: state, layout: layout, fileSystem: fileSystem)
        if state != lastState, !options.json { print("\(id): \(state.rawValue)") }
        lastState = state
        let events = report.eventLines
        // A job that is queued again restarts its log only if its folder was lost. Printed events are never repeated.
        for event in events.dropFirst(shown) { print(options.json ? event : Self.sentence(JobReport.fields(event))) }
        shown = max(shown, events.count)
        switch state {
        case .queued, .running, .held: break
        case .finished:
          if !options.json, let result = report.result {
            try ResultSummary(result, fileSystem: fileSystem).show(asJSON: false)
          }
          return
        case .failed, .cancelled:
          throw CommandFailure(.badData, report.reason ?? "\(id) is \(state.rawValue)")
        }
        try await Task.sleep(for: Self.pause)
      }
    }
  }

  private static func sentence(_ fields: [String: String]) -> String {
    let order = ["epochs", "samples", "samples_per_second", "text", "ending", "delivered", "verdict"]
    let metrics = fields.keys.filter { $0.hasPrefix("validation_") || $0.hasPrefix("training_") }.sorted()
    let parts = (order + metrics).compactMap { key in
      fields[key].flatMap { $0 == "null" ? nil : $0 }.map { value in
        key == "text" ? value : "\(key) \(Double(value).map(Format.number) ?? value)"
      }
    }
    return "  \(fields["event"] ?? "event"): " + parts.joined(separator: ", ")
  }
}
