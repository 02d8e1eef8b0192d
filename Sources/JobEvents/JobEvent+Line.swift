internal import Documents

extension JobEvent {
  /// The names of events in events.jsonl.
  enum Name: String {
    case processStarted = "process_started"
    case tableRead = "table_read"
    case heldOut = "held_out"
    case planned
    case warning
    case resumed
    case scored
    case checkpointed
    case finished
    case modelCount = "model_count"
    case crossValidated = "cross_validated"
    case modelFailed = "model_failed"
    case processEnded = "process_ended"

    /// The name in quotes, as in a line.
    var bytes: [UInt8] { Array("\"\(rawValue)\"".utf8) }
  }

  /// The event's name in events.jsonl.
  package var name: String { kind.rawValue }

  var kind: Name {
    switch self {
    case .processStarted: .processStarted
    case .tableRead: .tableRead
    case .heldOut: .heldOut
    case .planned: .planned
    case .warning: .warning
    case .resumed: .resumed
    case .scored: .scored
    case .checkpointed: .checkpointed
    case .finished: .finished
    case .modelCount: .modelCount
    case .crossValidated: .crossValidated
    case .modelFailed: .modelFailed
    case .ofPart(_, let event): event.kind
    case .processEnded: .processEnded
    }
  }

  /// The event as a line of events.jsonl, without the line end.
  ///
  /// `seconds`: Seconds since 1970, rounded to milliseconds.
  package func line(seconds: Double) -> String {
    let seconds = (seconds * 1000).rounded() / 1000
    return JSONValue.object([("time", .number(seconds)), ("event", .string(name))] + fields).line
  }

  private var fields: [(String, JSONValue)] {
    switch self {
    case .processStarted: []
    case .modelCount(let count, let secondsLeft):
      [("models", .int(count))] + (secondsLeft.map { [("seconds_left", .number($0.rounded()))] } ?? [])
    case .tableRead(let table):
      [
        ("table", .string(table.name)), ("rows", .int(table.rowCount)), ("columns", .int(table.columnCount)),
        ("seconds", .number(table.seconds)),
      ]
    case .heldOut(let summary):
      [
        ("rows", .int(summary.rowCount)), ("held_out", .int(summary.heldOutCount)),
        ("text", .string(summary.sentence)),
      ]
    case .planned(let plan):
      [
        ("rows", .int(plan.rowCount)), ("validation_rows", plan.validationRowCount.map(JSONValue.int) ?? .null),
        ("units", .array(plan.units.map(JSONValue.int))), ("parameters", .int(plan.parameterCount)),
        ("epochs", .number(plan.epochs)), ("seed", .int(plan.seed)),
      ]
    case .warning(let text): [("text", .string(text))]
    case .resumed(let samples, let epochs, let after):
      [("samples", .int(samples)), ("epochs", .number(epochs))]
        + (after == .interruption ? [] : [("after", .string(after.rawValue))])
    case .scored(let score):
      [
        ("epochs", .number(score.epochs)), ("total_epochs", .number(score.totalEpochs)),
        ("samples", .int(score.samples)),
        ("samples_per_second", .number(score.samplesPerSecond.rounded())),
        (score.headline.qualifiedName(isValidation: score.isValidation), .number(score.headline.value)),
      ] + (score.timeFraction.map { [("time_fraction", .number(($0 * 10_000).rounded() / 10_000))] } ?? [])
    case .checkpointed(let samples): [("samples", .int(samples))]
    case .crossValidated(let foldCount, let headline):
      [("folds", .int(foldCount)), (JobEvent.Headline.crossValidationPrefix + headline.name, .number(headline.value))]
    case .modelFailed(let reason): [("reason", .string(reason))]
    case .ofPart(let part, let event): [("part", .string(part))] + event.fields
    case .processEnded(let how, let usage):
      [
        ("how", .string(how)), ("cpu_seconds", .number(usage.cpuSeconds)),
        ("peak_memory_bytes", .int(usage.peakMemoryBytes)),
      ]
    case .finished(let summary):
      [
        ("ending", .string(summary.ending)), ("epochs", .number(summary.epochs)), ("seconds", .number(summary.seconds)),
      ]
        + (summary.headline.map { [($0.qualifiedName(isValidation: summary.isValidation), .number($0.value))] } ?? [])
        + (summary.deliveredEpochs.map { [("delivered_epochs", .number($0))] } ?? [])
        + [
          ("delivered", summary.delivered.map(JSONValue.string) ?? .null),
          ("verdict", summary.verdict.map(JSONValue.string) ?? .null),
        ]
    }
  }
}

extension JobEvent.Headline {
  static let (trainingPrefix, validationPrefix) = ("training_", "validation_")
  static let crossValidationPrefix = "cross_validation_"

  /// Returns the name with that of its table, such as `validation_AUC`.
  package func qualifiedName(isValidation: Bool) -> String {
    (isValidation ? Self.validationPrefix : Self.trainingPrefix) + name
  }
}
