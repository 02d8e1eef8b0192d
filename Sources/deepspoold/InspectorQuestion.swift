internal import JobEvents
internal import Jobs
internal import Spooling

/// A question to the process that inspects dropped files, with the settings that the answer depends on.
struct InspectorQuestion: Codable, Sendable {
  let inspection: Inspection
  let spool: String
  let dataDirectories: [String]
  let threadsPerJob: Int
  let submitterMustRead: Bool

  init(_ inspection: Inspection, _ configuration: DaemonConfiguration) {
    self.inspection = inspection
    spool = configuration.spool
    dataDirectories = configuration.dataDirectories
    threadsPerJob = configuration.threadsPerJob
    submitterMustRead = configuration.submitterMustRead
  }
}
