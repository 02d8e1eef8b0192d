import Documents
import DurableFiles
import Spooling
import Testing

/// Tests of the queue's decisions as tables: earlier events, the event, expected effects, expected phase.
@Suite("Decisions of the queue")
struct QueueStateTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let before: [QueueEvent]
    let event: QueueEvent
    let effects: [QueueEffect]
    let phase: QueueState.Phase?

    init(
      _ title: String, _ before: [QueueEvent], _ event: QueueEvent, _ effects: [QueueEffect],
      _ phase: QueueState.Phase?
    ) {
      (testDescription, self.before, self.event, self.effects, self.phase) = (title, before, event, effects, phase)
    }
  }

  private static let a = JobIdentifier(number: 1, name: "a")
  private static let layout = SpoolLayout(root: "/spool")
  private static let brief = JobBrief(place: .init(priority: 3))
  private static let after = JobBrief(conditions: JobConditions(after: ["b"]))
  private static let needs = JobNeeds(memoryBytes: 60, diskBytes: 0, explanation: "tables")
  private static let room = FileSystem.Space(freeBytes: 1000, totalBytes: 2000)
  private static let noRoom = FileSystem.Space(freeBytes: 10, totalBytes: 2000)

  private static let quarantine =
    "quarantined: x; this happened 3 times without a new checkpoint; run `deepspool retry` to try again"

  private static let lowered =
    "cancelled because max_memory_bytes was lowered after the job was submitted: it would need about 60 bytes of "
    + "memory; the limit for all jobs is 50 bytes (max_memory_bytes): tables. Run `deepspool retry 000001-a` once the "
    + "limit is raised"

  private static let foreign =
    "job files end in .yaml, .yml or .json; put data into one of the daemon's data directories"
  private static let incomplete =
    "the file looks incomplete: its last line has no line break, and it has not changed for 10 minutes; end the last line "
    + "with a line break, or rename the complete file into incoming"

  // MARK: Earlier events

  private static let claimed: [QueueEvent] = [.claimed(a, name: "a.yaml")]
  private static let waiting = claimed + [.accepted(a, brief)]
  private static let blocked = claimed + [.accepted(a, after)]
  private static let asked = waiting + [.turn(space: room)]
  private static let known = asked + [looked(.estimate, 2, .needs(nil))]
  private static let measured = asked + [looked(.estimate, 2, .needs(needs))]
  private static let running = known + [moved(.queued, .start)]
  private static let unread: [QueueEvent] = [
    .began(SpoolListing(jobs: [.queued: [a]], claims: [], results: []), highestUsed: 0)
  ]
  private static let ran: [QueueEvent] = [
    .began(SpoolListing(jobs: [.running: [a]], claims: [], results: []), highestUsed: 0), .recover(.queueAgain(a)),
  ]

  private static func file(
    _ name: String, isWritten: Bool? = false, bytes: Int = 5, age: Double = 0, isWhole: Bool = true
  ) -> IncomingFile {
    IncomingFile(
      name: name,
      kind: .file(
        .init(.init(byteCount: bytes, changedSeconds: 0), ageSeconds: age, isWritten: isWritten, isWhole: isWhole)))
  }

  private static func looked(
    _ purpose: Inspection.Purpose, _ number: Int, _ finding: Inspection.Finding, at seconds: Double = 0
  ) -> QueueEvent {
    .inspected(Inspection(id: a, purpose: purpose, number: number), finding, nowSeconds: seconds)
  }

  private static func accepting(_ finding: Inspection.Finding) -> QueueEvent {
    looked(.acceptance(name: "a.yaml"), 1, finding)
  }

  private static func moved(
    _ from: JobState, _ event: JobState.Event, _ cause: QueueEffect.Cause = .itself
  ) -> QueueEvent { .moved(.init(a, from: from, event, cause)) }

  private static func move(
    _ from: JobState, _ event: JobState.Event, _ cause: QueueEffect.Cause = .itself
  ) -> QueueEffect { .move(.init(a, from: from, event, cause)) }

  private static func found(
    _ file: IncomingFile, _ occasion: IncomingFile.Occasion, at seconds: Double = 0, _ space: FileSystem.Space? = room
  ) -> QueueEvent { .found(file, occasion, nowSeconds: seconds, space: space) }

  private static func seen(_ state: JobState) -> QueueEvent {
    let b = JobIdentifier(number: 9, name: "b")
    var index = JobIndex(SpoolListing(jobs: [.queued: [a], state: [b]], claims: [], results: []))
    index.identify(["b"]) { _ in Submitter.nobody.userID }
    return .jobsSeen(index, wallSeconds: 0)
  }

  // MARK: Tables

  static let arrivals: [Row] = [
    Row("a closed file is claimed", [], found(file("a.yaml"), .closed), [.claim(file("a.yaml"), as: a)], nil),
    Row("a hidden file is ignored", [], found(file(".a.yaml"), .complete), [], nil),
    Row("a missing file is forgotten", [], found(.init(name: "a", kind: .gone), .complete), [], nil),
    Row("after a stop no file is taken", [.stop], found(file("a.yaml"), .complete), [], nil),
    Row(
      "a new file with a writer is not taken", [found(file("a.yaml", isWritten: true), .appeared)],
      found(file("a.yaml", isWritten: true), .again, at: 9), [], nil),
    Row(
      "a new link is taken once its writer has closed it", [found(file("a.yaml", isWritten: true), .appeared)],
      found(file("a.yaml"), .again, at: 2), [.claim(file("a.yaml"), as: a)], nil),
    Row("a new hard link settles first", [], found(file("a.yaml"), .appeared), [], nil),
    Row(
      "a hard link without a writer is taken after two seconds", [found(file("a.yaml"), .appeared)],
      found(file("a.yaml"), .again, at: 2), [.claim(file("a.yaml"), as: a)], nil),
    Row(
      "a new file whose writer may pause is not taken after two seconds",
      [found(file("a.yaml", isWritten: nil), .appeared)], found(file("a.yaml", isWritten: nil), .again, at: 59), [], nil
    ),
    Row(
      "a folder is left where it is", [], found(.init(name: "a.yaml", kind: .folder), .appeared),
      [.leave(.init(name: "a.yaml", kind: .folder), as: a)], nil),
    Row(
      "a folder is explained once", [found(.init(name: "a.yaml", kind: .folder), .appeared)],
      found(.init(name: "a.yaml", kind: .folder), .stray), [], nil),
    Row(
      "a link is rejected at once", [], found(.init(name: "a.yaml", kind: .odd), .appeared),
      [.claim(.init(name: "a.yaml", kind: .odd), as: a)], nil),
    Row("a scan does not take a young file", [], found(file("a.yaml"), .scan), [], nil),
    Row(
      "a scan takes a file that has not changed for two seconds", [], found(file("a.yaml", age: 2), .scan),
      [.claim(file("a.yaml", age: 2), as: a)], nil),
    Row(
      "a scan leaves a file with a writer", [], found(file("a.yaml", isWritten: true, age: 99), .scan), [], nil),
    Row(
      "a file that may have a writer must stay unchanged for a minute",
      [found(file("a.yaml", isWritten: nil), .scan)], found(file("a.yaml", isWritten: nil), .again, at: 59), [], nil),
    Row(
      "a file that was unchanged for a minute is taken", [found(file("a.yaml", isWritten: nil), .scan)],
      found(file("a.yaml", isWritten: nil), .again, at: 60), [.claim(file("a.yaml", isWritten: nil), as: a)], nil),
    Row(
      "the minute begins with the last change", [], found(file("a.yaml", isWritten: nil, age: 60), .scan),
      [.claim(file("a.yaml", isWritten: nil, age: 60), as: a)], nil),
    Row(
      "a time in the future counts as now", [], found(file("a.yaml", isWritten: nil, age: -999), .scan), [], nil),
    Row(
      "a growing file is not taken", [found(file("a.yaml", isWritten: nil), .scan)],
      found(file("a.yaml", isWritten: nil, bytes: 6), .again, at: 60), [], nil),
    Row(
      "a file whose last line may be missing is not taken after a minute",
      [found(file("a.yaml", isWritten: nil, isWhole: false), .scan)],
      found(file("a.yaml", isWritten: nil, isWhole: false), .again, at: 60), [], nil),
    Row(
      "it is rejected after ten minutes", [found(file("a.yaml", isWritten: nil, isWhole: false), .scan)],
      found(file("a.yaml", isWritten: nil, isWhole: false), .again, at: 600),
      [.refuse(file("a.yaml", isWritten: nil, isWhole: false), as: a, reason: incomplete)], nil),
    Row(
      "an unchanged file with a writer is not taken", [found(file("a.yaml", isWritten: true), .scan)],
      found(file("a.yaml", isWritten: true), .again, at: 2), [], nil),
    Row("a stray must stay unchanged for a minute", [], found(file("a.yaml", age: 59), .stray), [], nil),
    Row(
      "a stray that was unchanged for a minute is taken", [], found(file("a.yaml", age: 60), .stray),
      [.claim(file("a.yaml", age: 60), as: a)], nil),
    Row(
      "a file that was moved in is claimed", [], found(file("a.yaml"), .complete), [.claim(file("a.yaml"), as: a)], nil),
    Row("a closed empty file may still be filled", [], found(file("a.yaml", bytes: 0), .closed), [], nil),
    Row(
      "a file that is moved in empty is claimed", [], found(file("a.yaml", bytes: 0), .complete),
      [.claim(file("a.yaml", bytes: 0), as: a)], nil),
    Row(
      "a file that stays empty is taken, and its inspection rejects it",
      [found(file("a.yaml", bytes: 0), .closed)], found(file("a.yaml", bytes: 0), .again, at: 60),
      [.claim(file("a.yaml", bytes: 0), as: a)], nil),
    Row("a closed file with another name may be renamed", [], found(file("a.csv"), .closed), [], nil),
    Row(
      "a file with another name is rejected after a minute", [found(file("a.csv"), .complete)],
      found(file("a.csv"), .again, at: 60), [.refuse(file("a.csv"), as: a, reason: foreign)], nil),
    Row(
      "a file with another name and a writer is not rejected", [found(file("a.csv", isWritten: true), .scan)],
      found(file("a.csv", isWritten: true), .again, at: 60), [], nil),
    Row(
      "a file that was renamed is forgotten", [found(file("a.csv"), .complete)],
      found(.init(name: "a.csv", kind: .gone), .again, at: 60), [], nil),
    Row("the file of a download tool is never rejected", [], found(file("a.yaml.part", age: 9999), .scan), [], nil),
    Row(
      "a folder with another name is left alone for a minute, then explained",
      [found(.init(name: "a", kind: .folder), .appeared)], found(.init(name: "a", kind: .folder), .again, at: 60),
      [.leave(.init(name: "a", kind: .folder), as: a)], nil),
    Row(
      "a name that is not UTF-8 is explained", [], found(.init(name: "?", kind: .unspellable), .complete),
      [.leave(.init(name: "?", kind: .unspellable), as: JobIdentifier(number: 1, name: "job"))], nil),
    Row(
      "a name that is not UTF-8 is explained once", [found(.init(name: "?", kind: .unspellable), .complete)],
      found(.init(name: "?", kind: .unspellable), .scan), [], nil),
    Row(
      "a file that cannot be claimed is explained", [], .unclaimable(file("a.yaml")), [.leave(file("a.yaml"), as: a)],
      nil),
    Row(
      "a file that was removed and came back is explained again", [.unclaimable(file("a.yaml")), .listed([])],
      .unclaimable(file("a.yaml")), [.leave(file("a.yaml"), as: JobIdentifier(number: 2, name: "a"))], nil),
    Row("a claim waits for its inspection", [], .claimed(a, name: "a.yaml"), [], .arriving(name: "a.yaml")),
    Row(
      "a valid file is accepted", claimed, accepting(.sound(brief, JobContent(inputs: "1"))),
      [.accept(.init(a, brief, JobContent(inputs: "1")))], .arriving(name: "a.yaml")),
    Row(
      "an invalid file is rejected", claimed, accepting(.unfit(reason: "no")),
      [.reject(a, from: .claim, name: "a.yaml", reason: "no")], .arriving(name: "a.yaml")),
    Row(
      "an empty claim is removed", claimed, accepting(.missing), [.removeFolder(a, .claim)],
      .arriving(name: "a.yaml")),
    Row(
      "a file in use is reported and delays the job", claimed, accepting(.inUse(reason: "x.csv")),
      [.tell(.waits(a, reason: "waits for a file: x.csv"))], .arriving(name: "a.yaml")),
    Row(
      "a file in use is reported once", claimed + [accepting(.inUse(reason: "x.csv"))],
      accepting(.inUse(reason: "x.csv")), [],
      .arriving(name: "a.yaml")),
    Row(
      "a file in use for ten minutes rejects the job",
      claimed + Array(repeating: accepting(.inUse(reason: "x.csv")), count: InspectionLine.pauses.count),
      accepting(.inUse(reason: "x.csv")),
      [
        .reject(
          a, from: .claim, name: "a.yaml",
          reason: "x.csv; the file was in use for too long; submit the job again when it is free")
      ], .arriving(name: "a.yaml")),
    Row(
      "the finding of a removed job is ignored", claimed + [.removed(a)],
      accepting(.sound(brief, JobContent())), [], nil),
    Row(
      "an accepted job waits", claimed, .accepted(a, brief), [.tell(.accepted(a, .nobody))],
      .waiting(brief)),
    Row(
      "an accepted job with conditions is blocked", claimed, .accepted(a, after),
      [.tell(.accepted(a, .nobody))],
      .blocked(after, after.conditions)),
    Row(
      "a rejection is reported", claimed, .rejected(a, name: "a.yaml", reason: "no", reasonFile: "a.why"),
      [.tell(.rejected(name: "a.yaml", id: a, reason: "no", reasonFile: "a.why"))], nil),
    Row(
      "a failed acceptance is retried", claimed + [accepting(.sound(brief, JobContent()))],
      .claimFound(a), [], .arriving(name: "a.yaml")),
    Row(
      "a job whose fsync failed is in the queue", claimed + [accepting(.sound(brief, JobContent()))],
      .queuedFound(a), [], .unread),
    Row("finding a waiting job changes nothing", waiting, .queuedFound(a), [], .waiting(brief)),
    Row("an unknown claim is inspected", [], .claimFound(a), [], .arriving(name: "a.yaml")),
  ]

  static let space: [Row] = [
    Row(
      "on a full disk no file is taken, which is reported",
      [.limits(QueueLimits(maximumRunning: 1, minimumFreeBytes: 100))],
      found(file("a.yaml"), .complete, noRoom), [.tell(.spaceShort(freeBytes: 10, minimumBytes: 100))], nil),
    Row(
      "a full disk is reported once",
      [
        .limits(QueueLimits(maximumRunning: 1, minimumFreeBytes: 100)), found(file("b.yaml"), .complete, noRoom),
      ], found(file("a.yaml"), .complete), [], nil),
    Row(
      "free space triggers a scan",
      [
        .limits(QueueLimits(maximumRunning: 1, minimumFreeBytes: 100)), found(file("a.yaml"), .complete, noRoom),
      ], .room(room), [.tell(.spaceBack), .scan], nil),
    Row("free space changes nothing if there was no shortage", [], .room(room), [], nil),
  ]

  static let turns: [Row] = [
    Row("the needs are estimated first", waiting, .turn(space: room), [], .waiting(brief)),
    Row("no job starts before its needs are known", asked, .turn(space: room), [], .waiting(brief)),
    Row("a job without an estimate starts", known, .turn(space: room), [.start(a)], .waiting(brief)),
    Row("a job that fits starts", measured, .turn(space: room), [.start(a)], .waiting(brief)),
    Row(
      "a job that fits no more, because the limit was lowered, can be tried again",
      measured + [.limits(QueueLimits(maximumRunning: 1, memoryBytes: 50))], .turn(space: room),
      [.explain(a, in: .queued, reason: lowered), move(.queued, .cancel, .reason(lowered))], .waiting(brief)),
    Row(
      "a job that has never fitted is rejected", [.limits(QueueLimits(maximumRunning: 1, memoryBytes: 50))] + measured,
      .turn(space: room),
      [
        .reject(
          a, from: .state(.queued), name: "a.yaml",
          reason:
            "it would need about 60 bytes of memory; the limit for all jobs is 50 bytes (max_memory_bytes): tables. Use "
            + "a smaller table, network or grid, or ask an administrator of the service to raise max_memory_bytes")
      ], .waiting(brief)),
    Row("a blocked job does not start", blocked, .turn(space: room), [], .blocked(after, after.conditions)),
    Row("an unread job does not start", unread, .turn(space: room), [], .unread),
    Row("after a stop no job starts", known + [.stop], .turn(space: room), [], .waiting(brief)),
    Row("no job starts beyond the limit", running, .turn(space: room), [], .running(brief)),
    Row("a start is reported", known, moved(.queued, .start), [.tell(.started(a))], .running(brief)),
    Row("a condition that is met", blocked, seen(.finished), [], .waiting(after)),
    Row("a condition that is not met yet", blocked, seen(.running), [], .blocked(after, after.conditions)),
    Row(
      "a condition that can no longer be met", blocked, seen(.failed),
      [
        .explain(a, in: .queued, reason: "cancelled because 000009-b failed"),
        move(.queued, .cancel, .reason("cancelled because 000009-b failed")),
      ], .blocked(after, after.conditions)),
    Row(
      "a job in the queue is read", unread, looked(.load, 1, .sound(brief, JobContent())), [],
      .waiting(brief)),
    Row(
      "an invalid job in the queue is rejected", unread, looked(.load, 1, .unfit(reason: "no")),
      [.reject(a, from: .state(.queued), name: "a.yaml", reason: "no")], .unread),
  ]

  static let endings: [Row] = [
    Row(
      "a result is published, then the job moves", running, .ended(a, .finished),
      [.publish(a), move(.running, .finish), .removeTrainingState(a)], .ending(brief, .finished)),
    Row(
      "a result becomes private first", running + [.resultsGroup(.submitter)], .ended(a, .finished),
      [.makePrivate(a, .state(.running), .nobody), .publish(a), move(.running, .finish), .removeTrainingState(a)],
      .ending(brief, .finished)),
    Row(
      "a private job is private before it is accepted", claimed + [.resultsGroup(.submitter)],
      accepting(.sound(brief, JobContent())),
      [.makePrivate(a, .claim, .nobody), .accept(.init(a, brief, JobContent()))],
      .arriving(name: "a.yaml")),
    Row(
      "a job that was accepted earlier becomes private when it starts", known + [.resultsGroup(.submitter)],
      .turn(space: room), [.makePrivate(a, .state(.queued), .nobody), .start(a)], .waiting(brief)),
    Row(
      "invalid data rejects the job", running, .ended(a, .rejected(reason: "x")),
      [.reject(a, from: .state(.running), name: "a.yaml", reason: "x")], .ending(brief, .rejected(reason: "x"))),
    Row(
      "a failure keeps its reason", running, .ended(a, .failed(reason: "x")),
      [.explain(a, in: .running, reason: "x"), move(.running, .fail, .reason("x"))],
      .ending(brief, .failed(reason: "x"))),
    Row(
      "a cancellation keeps its reason", running, .ended(a, .cancelled(reason: "x")),
      [.explain(a, in: .running, reason: "x"), move(.running, .cancel, .reason("x"))],
      .ending(brief, .cancelled(reason: "x"))),
    Row(
      "an interruption", running, .ended(a, .interrupted), [move(.running, .interrupt)],
      .ending(brief, .interrupted)),
    Row(
      "a postponement is counted", running, .ended(a, .putOff(reason: "x")), [.countDelay(a, reason: "x")],
      .ending(brief, .putOff(reason: "x"))),
    Row(
      "the second pause is two minutes", running + [.ended(a, .putOff(reason: "x"))],
      .delayCounted(a, count: 2, reason: "x", wallSeconds: 1000),
      [move(.running, .interrupt, .delay(reason: "x", seconds: 120, notBeforeSeconds: 1120))],
      .ending(brief, .putOff(reason: "x"))),
    Row(
      "the sixth postponement is a failure", running + [.ended(a, .putOff(reason: "x"))],
      .delayCounted(a, count: 6, reason: "x", wallSeconds: 1000),
      [
        .explain(a, in: .running, reason: "x (tried 6 times)"),
        move(.running, .fail, .reason("x (tried 6 times)")),
      ], .ending(brief, .putOff(reason: "x"))),
    Row(
      "a postponed job waits for its time", running + [.ended(a, .putOff(reason: "x"))],
      moved(.running, .interrupt, .delay(reason: "x", seconds: 30, notBeforeSeconds: 1030)),
      [.tell(.putOff(a, reason: "x", seconds: 30))], .blocked(brief, JobConditions(notBeforeSeconds: 1030))),
    Row(
      "a crash is counted", running, .ended(a, .crashed(reason: "x")), [.countDeath(a, .crash, reason: "x")],
      .ending(brief, .crashed(reason: "x"))),
    Row(
      "after the second crash the job resumes at once", running + [.ended(a, .crashed(reason: "x"))],
      .deathCounted(a, .crash, count: 2, hasCheckpoint: true, reason: "x", wallSeconds: 1000),
      [move(.running, .interrupt, .death(reason: "x", seconds: 0, notBeforeSeconds: 1000, hasCheckpoint: true))],
      .ending(brief, .crashed(reason: "x"))),
    Row(
      "the third crash fails the job", running + [.ended(a, .crashed(reason: "x"))],
      .deathCounted(a, .crash, count: 3, hasCheckpoint: true, reason: "x", wallSeconds: 1000),
      [
        .explain(a, in: .running, reason: quarantine), move(.running, .fail, .reason(quarantine)),
      ], .ending(brief, .crashed(reason: "x"))),
    Row(
      "a kill is counted", running, .ended(a, .killed(reason: "x")), [.countDeath(a, .kill, reason: "x")],
      .ending(brief, .killed(reason: "x"))),
    Row(
      "kills never fail a job", running + [.ended(a, .killed(reason: "x"))],
      .deathCounted(a, .kill, count: 99, hasCheckpoint: false, reason: "x", wallSeconds: 1000),
      [move(.running, .interrupt, .death(reason: "x", seconds: 3600, notBeforeSeconds: 4600, hasCheckpoint: false))],
      .ending(brief, .killed(reason: "x"))),
    Row(
      "a job that resumes at once waits for its turn", running + [.ended(a, .crashed(reason: "x"))],
      moved(.running, .interrupt, .death(reason: "x", seconds: 0, notBeforeSeconds: 1000, hasCheckpoint: true)),
      [.tell(.resumes(a, reason: "x", seconds: 0, hasCheckpoint: true))], .waiting(brief)),
    Row(
      "a job that resumes after a pause waits for its time", running + [.ended(a, .killed(reason: "x"))],
      moved(.running, .interrupt, .death(reason: "x", seconds: 8, notBeforeSeconds: 1008, hasCheckpoint: false)),
      [.tell(.resumes(a, reason: "x", seconds: 8, hasCheckpoint: false))],
      .blocked(brief, JobConditions(notBeforeSeconds: 1008))),
    Row(
      "an ending that could not be written is retried", running + [.ended(a, .interrupted)], .endAgain(a),
      [move(.running, .interrupt)], .ending(brief, .interrupted)),
    Row("an ending that was written is not retried", running, .endAgain(a), [], .running(brief)),
    Row(
      "an interrupted job waits again", running + [.ended(a, .interrupted)], moved(.running, .interrupt),
      [.tell(.interrupted(a))], .waiting(brief)),
    Row(
      "after a stop an interrupted job waits for the next daemon", running + [.stop, .ended(a, .interrupted)],
      moved(.running, .interrupt), [.tell(.interrupted(a))], nil),
    Row(
      "a finish is reported", running + [.ended(a, .finished)], moved(.running, .finish),
      [.tell(.finished(a, result: "/spool/results/000001-a"))], nil),
  ]

  static let recoveries: [Row] = [
    Row("a claim is inspected", [], .recover(.resumeAcceptance(a)), [], .arriving(name: "a.yaml")),
    Row("a published result is completed", [], .recover(.complete(a)), [move(.running, .finish)], nil),
    Row("the folder of a job that ran is checked", [], .recover(.queueAgain(a)), [.checkFile(a)], nil),
    Row(
      "a job that ran resumes, however often the daemon died", ran, .fileChecked(a, isThere: true),
      [move(.running, .interrupt, .recovery)], nil),
    Row("a recovery is reported", ran, moved(.running, .interrupt, .recovery), [.tell(.recovered(a))], .unread),
    Row(
      "an interrupted rejection is completed", ran, .fileChecked(a, isThere: false),
      [.removeFolder(a, .state(.running))], nil),
    Row(
      "new limits are written to the spool", [], .limits(.init(maximumRunning: 5)),
      [.writeLimits(.init(maximumRunning: 5))],
      nil),
  ]

  @Test("every decision", arguments: arrivals + space + turns + endings + recoveries)
  func decision(_ row: Row) {
    var state = QueueState(Self.layout, limits: QueueLimits(maximumRunning: 1, memoryBytes: 100))
    for event in row.before {
      _ = state.apply(event)
      #expect(state.contradictions.isEmpty, "after \(event)")
    }
    #expect(state.apply(row.event) == row.effects)
    #expect(state.phase(Self.a) == row.phase)
    #expect(state.contradictions.isEmpty)
  }

  static let deadlines: [(title: String, events: [QueueEvent], deadline: Double)] = [
    ("no jobs", [], .infinity), ("a running job", running, .infinity),
    ("a job that waits for another job", blocked, .infinity),
    ("a file that has not settled", [found(file("a.yaml"), .scan, at: 99)], 101),
    ("a file that may have a writer", [found(file("a.yaml", isWritten: nil), .scan, at: 99)], 159),
    ("a file with a writer", [found(file("a.yaml", isWritten: true), .scan, at: 99)], 101),
    (
      "a file that has had a writer for long",
      [found(file("a.yaml", isWritten: true), .scan, at: 50), found(file("a.yaml", isWritten: true), .again, at: 100)],
      125
    ),
    ("a file with another name", [found(file("a.csv"), .closed, at: 99)], 159),
    ("the file of a download tool", [found(file("a.yaml.part"), .closed, at: 99)], .infinity),
    ("a stray", [found(file("a.yaml", isWritten: nil), .stray, at: 99)], 159),
    ("a file in use", claimed + [accepting(.inUse(reason: "x"))], 2),
    ("a start time", claimed + [.accepted(a, .init(conditions: .init(notBeforeSeconds: 1007)))], 107),
    (
      "a distant start time",
      claimed + [.accepted(a, .init(conditions: .init(notBeforeSeconds: 9999)))], 160
    ),
    (
      "a full disk",
      [.limits(QueueLimits(maximumRunning: 1, minimumFreeBytes: 100)), found(file("a.yaml"), .complete, noRoom)], 105
    ),
    ("after a stop", claimed + [accepting(.inUse(reason: "x")), .stop], .infinity),
  ]

  @Test("an idle queue has no deadline; any other queue returns the time of its next check", arguments: deadlines)
  func deadline(_ example: (title: String, events: [QueueEvent], deadline: Double)) {
    var state = QueueState(Self.layout, limits: QueueLimits(maximumRunning: 1, memoryBytes: 100))
    for event in example.events { _ = state.apply(event) }
    #expect(state.nextDeadlineSeconds(nowSeconds: 100, wallSeconds: 1000) == example.deadline, "\(example.title)")
  }

  @Test("a job that does not fit beside another waits, is reported once, and its record is removed at the start")
  func waiting() {
    let b = JobIdentifier(number: 2, name: "b")
    var state = QueueState(Self.layout, limits: QueueLimits(maximumRunning: 2, memoryBytes: 100))
    for event in Self.measured + [Self.moved(.queued, .start), .claimed(b, name: "b.yaml")] { _ = state.apply(event) }
    _ = state.apply(.accepted(b, Self.brief))
    _ = state.apply(.turn(space: nil))
    let look = Inspection(id: b, purpose: .estimate, number: 4)
    _ = state.apply(.inspected(look, .needs(Self.needs), nowSeconds: 0))
    let reason =
      "waits for memory: it needs about 60 bytes, which together with the running jobs exceeds the 100 bytes of "
      + "max_memory_bytes"
    let first = state.apply(.turn(space: nil))
    #expect(first == [.noteWait(b, reason: reason), .tell(.waits(b, reason: reason))])
    let second = state.apply(.turn(space: nil))
    #expect(second.isEmpty)
    _ = state.apply(.ended(Self.a, .interrupted))
    let third = state.apply(.turn(space: nil))
    #expect(third == [.start(b)])
    let started = state.apply(.moved(.init(b, from: .queued, .start)))
    #expect(started == [.forgetWait(b), .tell(.started(b))])
    #expect(state.contradictions.isEmpty)
  }

  @Test("files are inspected in batches, in order of arrival; estimates go first")
  func line() {
    func id(_ number: Int) -> JobIdentifier { JobIdentifier(number: number, name: "j") }
    var line = InspectionLine()
    line.add(id(1), .acceptance(name: "j.yaml"), groups: [])
    let first = line.next(nowSeconds: 0)
    #expect(first.map(\.id) == [id(1)] && line.isBusy)
    for number in 2...3 { line.add(id(number), .acceptance(name: "j.yaml"), groups: []) }
    let none = line.next(nowSeconds: 0)
    #expect(none.isEmpty && line.openCount == 3)
    line.add(id(9), .estimate, groups: [])
    let areWanted = first.map { line.finish($0) }
    #expect(areWanted == [true])
    // The first file is in use; the others do not wait for it.
    let delay = first.map { line.putOff($0, nowSeconds: 10) }
    #expect(delay == [.first] && line.openCount == 3)
    var batches: [[Int]] = []
    for seconds in [10.0, 11, 11.9, 12] {
      let batch = line.next(nowSeconds: seconds)
      batches.append(batch.map(\.id.number))
      for inspection in batch {
        _ = line.finish(inspection)
        line.remove(inspection.id)
      }
    }
    #expect(batches == [[9, 2, 3], [], [], [1]])
    #expect(line.isIdle && line.nextDueSeconds == nil)
  }
}
