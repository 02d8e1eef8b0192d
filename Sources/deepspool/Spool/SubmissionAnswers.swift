internal import DurableFiles
internal import Jobs
internal import Spooling

/// The answers of the daemon to dropped files: accepted with an identifier, or rejected with a reason.
struct SubmissionAnswers {
  /// The daemon reads job files and describes their tables, one after the other.
  static let patienceSeconds = 60.0
  private static let (firstPause, longestPause) = (Duration.milliseconds(5), Duration.milliseconds(200))

  private let lookup: JobLookup
  private let fileSystem = FileSystem()

  init(_ lookup: JobLookup) { self.lookup = lookup }

  private var layout: SpoolLayout { lookup.layout }

  /// Waits for the answers.
  ///
  /// `patienceSeconds`: The time after which answers are left out if none came.
  func await(for submissions: [Submission], patienceSeconds: Double) async throws -> [Submission] {
    var submissions = submissions
    var deadline = Clocks.monotonicSeconds() + patienceSeconds
    var pause = Self.firstPause
    while submissions.contains(where: \.isWaiting), Clocks.monotonicSeconds() < deadline {
      let waiting = submissions.filter(\.isWaiting).count
      answer(&submissions)
      if submissions.filter(\.isWaiting).count < waiting {
        deadline = Clocks.monotonicSeconds() + patienceSeconds
        continue
      }
      guard SpoolLock.isHeld(layout) else { break }
      try await Task.sleep(for: pause)
      pause = min(Self.longestPause, pause * 2)
    }
    return submissions
  }

  /// Looks once for the jobs and rejections that the files have become.
  ///
  /// Files of one name become jobs in the order in which they were dropped.
  private func answer(_ submissions: inout [Submission]) {
    guard let listing = try? lookup.listing() else { return }
    let directory = SpoolDirectory(layout, fileSystem: fileSystem)
    var answered = Set(submissions.compactMap { $0.job?.id })
    let jobs = lookup.jobs(in: listing).filter { !answered.contains($0.id) }.sorted { $0.id < $1.id }
    for index in submissions.indices where submissions[index].isWaiting {
      let submission = submissions[index]
      guard !fileSystem.exists("\(layout.incoming)/\(submission.name)") else { continue }
      let expected = JobIdentifier(number: 0, name: Paths.stem(of: submission.name)).name
      let caller = OrderGiver(userID: UserAccess.ownUserID)
      let found = jobs.first { job in
        guard job.id.number > submission.earlierNumber, job.id.name == expected, !answered.contains(job.id) else {
          return false
        }
        switch job.standing {
        case .incoming: return false
        case .state(let state):
          return caller.owns(directory.submitterID(of: job.id, in: state), serviceID: directory.serviceID)
        case .rejected(let stem):
          guard !submission.earlierRejected.contains(stem) else { return false }
          return directory.rejection(stem)?.submitterID.map {
            caller.owns($0, serviceID: directory.serviceID)
          } ?? true
        }
      }
      guard let found else { continue }
      answered.insert(found.id)
      let reason = found.state == nil ? JobReport(found, layout: layout, fileSystem: fileSystem).reason : nil
      submissions[index].answer(found, reason: reason)
    }
  }
}
