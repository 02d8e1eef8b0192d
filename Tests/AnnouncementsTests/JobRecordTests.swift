import Announcements
import DurableFiles
import Spooling
import Testing

@Suite("Summaries of jobs")
struct JobRecordTests {
  private static let id = JobIdentifier(number: 7, name: "wine")
  private static let score =
    "{\"time\": 110.5, \"event\": \"scored\", \"epochs\": 2, \"samples\": 9, \"validation_AUC\": 0.75}\n"

  @Test("times and the last score come from the events, the reason from its file")
  func events() throws {
    let spool = try TestFolders()
    let events =
      "{\"time\": 100.25, \"event\": \"table_read\", \"rows\": 9}\n" + Self.score
      + "{\"time\": 120, \"event\": \"planned\", \"validation_rows\": 5}\n"
      + "{\"time\": 130, \"event\": \"process_ended\", \"how\": \"x\"}\n"
    try spool.add(
      Self.id, in: .failed, submittedSeconds: 90,
      files: [JobFolderLayout.eventsFile: events, JobFolderLayout.reasonFile: "unstable\n"])
    var record = JobRecord.read(Self.id, in: .failed, spool.directory)
    #expect(record.submitter?.userName == "ann")
    #expect(record.submittedSeconds == 90)
    #expect(record.startedSeconds == 100.25)
    // The file with the reason is newer than the events.
    #expect((record.endedSeconds ?? 0) > 130)
    #expect(record.reason == "unstable")
    #expect(record.score == JobRecord.Score(name: "AUC", value: 0.75, isValidation: true))
    #expect(record.result == nil)
    record.endedSeconds = 131
    #expect(record.seconds == 30.75)
  }

  @Test("a prediction has an ending instead of a score")
  func prediction() throws {
    let spool = try TestFolders()
    let events =
      "{\"time\": 100, \"event\": \"process_started\"}\n"
      + "{\"time\": 101, \"event\": \"finished\", \"ending\": \"380 rows predicted\", \"epochs\": 0}\n"
    try spool.add(Self.id, in: .finished, files: [JobFolderLayout.eventsFile: events])
    let record = JobRecord.read(Self.id, in: .finished, spool.directory)
    #expect(record.score == nil && record.ending == "380 rows predicted")
  }

  @Test("megabytes of events between the first and the last lines are skipped")
  func longEvents() throws {
    let spool = try TestFolders()
    let filler = String(repeating: "{\"time\": 105, \"event\": \"checkpointed\", \"samples\": 1}\n", count: 40_000)
    let events = "{\"time\": 100, \"event\": \"table_read\"}\n" + filler + Self.score
    try spool.add(Self.id, in: .running, files: [JobFolderLayout.eventsFile: events])
    let record = JobRecord.read(Self.id, in: .running, spool.directory)
    #expect(record.startedSeconds == 100)
    #expect(record.score?.value == 0.75)
    #expect(record.endedSeconds == nil)
    #expect(record.seconds == nil)
  }

  @Test(
    "damaged events and missing files leave the rest of the summary", arguments: ["", "{\"time\": 1", "\u{0}\n\n[]\n"])
  func damaged(_ events: String) throws {
    let spool = try TestFolders()
    try spool.add(Self.id, in: .cancelled, files: [JobFolderLayout.eventsFile: events])
    let record = JobRecord.read(Self.id, in: .cancelled, spool.directory)
    #expect(record.submitter?.userID == 1001)
    #expect(record.startedSeconds == nil)
    #expect(record.score == nil)
    #expect(record.reason == nil)
  }
}
