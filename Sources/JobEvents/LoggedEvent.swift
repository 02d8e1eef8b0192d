internal import FoundationEssentials

/// An event with its time, read back from a line of events.jsonl.
package struct LoggedEvent: Sendable {
  /// Seconds since 1970.
  package let seconds: Double
  package let event: JobEvent

  package init(seconds: Double, event: JobEvent) {
    self.seconds = seconds
    self.event = event
  }

  /// Reads what ``JobEvent/line(seconds:)`` has written; nil for any other text.
  package init?(line: some Collection<UInt8>) {
    guard let fields = try? JSONDecoder().decode(EventFields.self, from: Data(line)), let event = fields.event else {
      return nil
    }
    self.init(seconds: fields.time, event: event)
  }
}

/// The fields of a line; an event has some of them.
private struct EventFields: Decodable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  let time: Double
  private let name: String
  private let values: KeyedDecodingContainer<Key>

  init(from decoder: any Decoder) throws {
    values = try decoder.container(keyedBy: Key.self)
    time = try values.decode(Double.self, forKey: Key("time"))
    name = try values.decode(String.self, forKey: Key("event"))
  }

  private func text(_ key: String) -> String? { try? values.decode(String.self, forKey: Key(key)) }
  private func whole(_ key: String) -> Int? { try? values.decode(Int.self, forKey: Key(key)) }
  private func number(_ key: String) -> Double? { try? values.decode(Double.self, forKey: Key(key)) }

  var event: JobEvent? {
    guard let own else { return nil }
    return text("part").map { .ofPart($0, own) } ?? own
  }

  private var own: JobEvent? {
    switch JobEvent.Name(rawValue: name) {
    case .processStarted: .processStarted
    case .tableRead: tableRead
    case .heldOut: heldOut
    case .planned: planned
    case .warning: text("text").map(JobEvent.warning)
    case .resumed: resumed
    case .scored: scored
    case .checkpointed: whole("samples").map { .checkpointed(samples: $0) }
    case .modelCount: whole("models").map { .modelCount($0, secondsLeft: number("seconds_left")) }
    case .crossValidated: crossValidated
    case .modelFailed: text("reason").map(JobEvent.modelFailed)
    case .finished: finished
    case .processEnded: processEnded
    // Later versions may write other events.
    case nil: nil
    }
  }

  private var tableRead: JobEvent? {
    guard let table = text("table"), let rows = whole("rows"), let columns = whole("columns") else { return nil }
    return .tableRead(.init(name: table, rowCount: rows, columnCount: columns, seconds: number("seconds") ?? .nan))
  }

  private var heldOut: JobEvent? {
    guard let rows = whole("rows"), let heldOut = whole("held_out"), let text = text("text") else { return nil }
    return .heldOut(.init(rowCount: rows, heldOutCount: heldOut, sentence: text))
  }

  private var planned: JobEvent? {
    guard let rows = whole("rows"), let units = try? values.decode([Int].self, forKey: Key("units")),
      let parameters = whole("parameters"), let epochs = number("epochs"), let seed = whole("seed")
    else { return nil }
    return .planned(
      .init(
        rowCount: rows, validationRowCount: whole("validation_rows"), units: units, parameterCount: parameters,
        epochs: epochs, seed: seed))
  }

  private var resumed: JobEvent? {
    guard let samples = whole("samples"), let epochs = number("epochs") else { return nil }
    return .resumed(
      samples: samples, epochs: epochs, after: text("after").flatMap { Resumption(rawValue: $0) } ?? .interruption)
  }

  /// Earlier versions did not record the total; it is 0 then.
  private var scored: JobEvent? {
    guard let epochs = number("epochs"), let samples = whole("samples"), let metric else { return nil }
    return .scored(
      .init(
        epochs: epochs, totalEpochs: number("total_epochs") ?? 0, samples: samples,
        samplesPerSecond: number("samples_per_second") ?? .nan, headline: metric.headline,
        isValidation: metric.isValidation, timeFraction: number("time_fraction")))
  }

  private var crossValidated: JobEvent? {
    guard let folds = whole("folds"), let headline = headline(JobEvent.Headline.crossValidationPrefix) else {
      return nil
    }
    return .crossValidated(foldCount: folds, headline: headline)
  }

  private var finished: JobEvent? {
    guard let ending = text("ending"), let epochs = number("epochs") else { return nil }
    let metric = metric
    return .finished(
      .init(
        delivered: text("delivered"), verdict: text("verdict"), ending: ending, epochs: epochs,
        deliveredEpochs: number("delivered_epochs"), seconds: number("seconds") ?? .nan, headline: metric?.headline,
        isValidation: metric?.isValidation ?? false))
  }

  private var processEnded: JobEvent? {
    guard let how = text("how"), let seconds = number("cpu_seconds"), let bytes = whole("peak_memory_bytes") else {
      return nil
    }
    return .processEnded(how: how, ProcessUsage(cpuSeconds: seconds, peakMemoryBytes: bytes))
  }

  private var metric: (headline: JobEvent.Headline, isValidation: Bool)? {
    headline(JobEvent.Headline.validationPrefix).map { ($0, true) }
      ?? headline(JobEvent.Headline.trainingPrefix).map { ($0, false) }
  }

  /// Returns the metric whose name follows `prefix`; its value is null in the line if it is not finite.
  private func headline(_ prefix: String) -> JobEvent.Headline? {
    values.allKeys.first { $0.stringValue.hasPrefix(prefix) }.map {
      .init(name: String($0.stringValue.dropFirst(prefix.count)), value: number($0.stringValue) ?? .nan)
    }
  }
}
