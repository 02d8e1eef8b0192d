internal import FoundationEssentials
package import Spooling

/// The notice of an ended job: what hooks and mail are told.
///
/// Its JSON is the standard input of hooks; docs/how-to/be-notified.md lists the fields.
package struct JobNotice: Sendable, Equatable, Codable {
  /// The version of the fields; raise it when the meaning of a field changes.
  package static let currentVersion = 1

  package let version: Int
  /// The identifier, such as `000042-prostate`.
  package let job: String
  package let number: Int
  package let name: String
  package let state: ServiceFigures.Outcome
  /// The name of the submitter; nil for a user without name, and if the submitter is unknown.
  package var submitter: String?
  package var submitterID: UInt32?
  /// Times in ISO 8601.
  package var submitted: String?
  package var started: String?
  package let ended: String
  /// The seconds from the start to the end.
  package var seconds: Double?
  package var metric: String?
  package var value: Double?
  /// The reason for which the job failed, was cancelled or was rejected.
  package var reason: String?
  /// The folder of the result.
  package var result: String?

  private enum CodingKeys: String, CodingKey {
    case version, job, number, name, state, submitter, submitted, started, ended, seconds, metric, value, reason, result
    case submitterID = "submitter_uid"
  }

  /// Creates a notice that knows only the job and its end.
  package init(_ id: JobIdentifier, _ state: ServiceFigures.Outcome, endedSeconds: Double, reason: String? = nil) {
    version = Self.currentVersion
    job = "\(id)"
    number = id.number
    name = id.name
    self.state = state
    ended = InstantText.iso8601(endedSeconds)
    self.reason = reason
  }

  /// Creates the notice of a job that ended in `state`.
  package init(_ record: JobRecord, _ state: ServiceFigures.Outcome, endedSeconds: Double) {
    self.init(record.id, state, endedSeconds: endedSeconds, reason: record.reason)
    submitter = record.submitter?.userName
    submitterID = record.submitter?.userID
    submitted = record.submittedSeconds.map(InstantText.iso8601)
    started = record.startedSeconds.map(InstantText.iso8601)
    seconds = record.seconds
    metric = record.score?.title
    value = record.score?.value
    result = record.result
  }

  /// The name of the notice's file.
  var fileName: String { "\(job).\(state.rawValue)\(Self.fileExtension)" }

  static let fileExtension = ".json"

  /// The JSON of the notice.
  package var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return Array((try? encoder.encode(self)) ?? Data()) + [UInt8(ascii: "\n")]
  }

  /// Parses the JSON of a notice; nil if it is damaged or of another version.
  package init?(_ bytes: [UInt8]) {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let notice = try? decoder.decode(JobNotice.self, from: Data(bytes)), notice.version == Self.currentVersion
    else { return nil }
    self = notice
  }
}
