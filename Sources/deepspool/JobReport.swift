internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Spooling

/// The state of a job, read from its folder only.
struct JobReport {
  private static let maximumEventBytes = 256 << 20

  let id: JobIdentifier
  let state: JobState
  let layout: SpoolLayout
  let fileSystem: FileSystem

  /// The job's events so far, each a line of JSON.
  var eventLines: [String] {
    let path = "\(layout.folder(id, in: state))/\(JobFolderLayout.eventsFile)"
    guard let bytes = try? fileSystem.read(path, limit: Self.maximumEventBytes) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Returns the scalar fields of a line; the YAML reader reads JSON too.
  static func fields(_ line: String) -> [String: String] {
    guard let node = try? DocumentReader.read(Array(line.utf8), file: JobFolderLayout.eventsFile),
      case .mapping(let entries) = node.content
    else { return [:] }
    var fields: [String: String] = [:]
    for (key, value) in entries {
      if case .scalar(let text, _) = value.content { fields[key.name] = text }
    }
    return fields
  }

  /// The reason why the job failed or was cancelled.
  var reason: String? {
    let path = "\(layout.folder(id, in: state))/\(JobFolderLayout.reasonFile)"
    return (try? fileSystem.read(path, limit: DocumentReader.maximumBytes)).map {
      String(decoding: $0, as: UTF8.self).split(separator: "\n").joined(separator: "\n")
    }
  }

  /// The user who submitted the job, such as `alice (uid 1001)`; nil if unknown.
  var submitter: String? {
    SpoolDirectory(layout, fileSystem: fileSystem).submitter(in: layout.folder(id, in: state)).map {
      OrderGiver(userID: $0.userID, userName: $0.userName).title
    }
  }

  /// The name of the submitter, or the number of a user without name.
  var submitterName: String? {
    SpoolDirectory(layout, fileSystem: fileSystem).submitter(in: layout.folder(id, in: state))?.title
  }

  /// An order that the job obeyed.
  struct Order {
    let text: String
    /// The user who gave it, such as `alice (uid 1001)`.
    let giver: String
    /// Seconds since 1970.
    let seconds: Double
  }

  private static let maximumOrderBytes = 1 << 16

  /// The orders that the job obeyed, in order.
  var orders: [Order] {
    let path = "\(layout.folder(id, in: state))/\(JobFolderLayout.ordersFile)"
    guard let bytes = try? fileSystem.read(path, limit: Self.maximumOrderBytes) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let fields = Self.fields(String(line))
      guard let text = fields["order"], let userID = fields["uid"].flatMap({ UInt32($0) }) else { return nil }
      let name = fields["user"].flatMap { $0 == "null" ? nil : $0 }
      return Order(
        text: text, giver: OrderGiver(userID: userID, userName: name).title,
        seconds: fields["time"].flatMap(Double.init) ?? 0)
    }
  }

  /// The path of the result, once it is complete.
  var result: String? {
    let path = layout.result(id)
    return fileSystem.exists(path) ? path : nil
  }

  /// The latest progress, such as `epoch 6.1, validation_AUC 0.8321`.
  var progress: String {
    let scores = eventLines.last { $0.contains("\"event\": \"scored\"") || $0.contains("\"event\": \"finished\"") }
    guard let last = scores.map(Self.fields) else { return state == .queued ? "waiting" : "" }
    let metric = last.first { $0.key.hasPrefix("validation_") || $0.key.hasPrefix("training_") }
    let number = { (text: String?) in text.flatMap(Double.init).map(Format.number) ?? "-" }
    return "epoch \(number(last["epochs"]))" + (metric.map { ", \($0.key) \(number($0.value))" } ?? "")
  }

  var json: JSONValue {
    .object([
      ("id", .string("\(id)")), ("state", .string(state.rawValue)), ("progress", .string(progress)),
      ("submitter", submitter.map(JSONValue.string) ?? .null),
      (
        "orders",
        .array(
          orders.map {
            .object([("order", .string($0.text)), ("by", .string($0.giver)), ("time", .number($0.seconds))])
          })
      ),
      ("result", result.map(JSONValue.string) ?? .null), ("reason", reason.map(JSONValue.string) ?? .null),
    ])
  }
}
