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
      ("result", result.map(JSONValue.string) ?? .null), ("reason", reason.map(JSONValue.string) ?? .null),
    ])
  }
}
