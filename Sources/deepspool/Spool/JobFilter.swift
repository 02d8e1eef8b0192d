import ArgumentParser
internal import Documents
internal import DurableFiles
internal import Glibc
internal import JobEvents
internal import JobFiles
internal import Jobs
internal import Spooling

/// Options that select jobs of a list, beside those of their state (``StateFilter``).
struct JobFilter: ParsableArguments {
  @Option(name: .shortAndLong, help: "List the jobs of this user only: a name or a number.", completion: .users)
  var user: [String] = []

  @Option(name: .shortAndLong, help: "List jobs with this name only; * and ? stand for any characters.")
  var name: [String] = []

  @Option(name: .shortAndLong, help: "List the jobs of this group only.")
  var group: [String] = []

  /// The answer if no job fits: what was looked for, and the users whom the machine does not know.
  ///
  /// - `jobs`: The kind of jobs, such as `running or waiting jobs`.
  func absence(of jobs: String) -> String {
    let unknown = user.filter { UInt32($0) == nil && UserDatabase.userID(named: $0) == nil }
    guard !unknown.isEmpty else { return "no \(jobs)" }
    let names = unknown.map { "'\($0)'" }.joined(separator: ", ")
    return "no \(jobs); this machine has no user \(names)"
  }

  /// Returns whether the name of a job fits.
  func admits(_ job: SpoolJob) -> Bool {
    name.isEmpty || name.contains { pattern in Self.matches(job.id.name, pattern) || job.id.matches(pattern) }
  }

  /// Returns whether the user and group of a job fit.
  func admits(_ record: ListedJob) -> Bool {
    let users = [record.submitter, record.report.submitter].compactMap { $0 }
    return
      (user.isEmpty
      || user.contains { user in users.contains { $0 == user || $0 == "uid \(user)" || $0.hasSuffix("(uid \(user))") } })
      && (group.isEmpty || group.contains(record.group ?? ""))
  }

  private static func matches(_ name: String, _ pattern: String) -> Bool { fnmatch(pattern, name, 0) == 0 }
}

extension CompletionKind {
  /// The users of the machine.
  static let users = CompletionKind.shellCommand("getent passwd | cut -d: -f1")
}
