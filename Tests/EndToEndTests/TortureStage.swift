import DurableFiles
import Foundation
import Glibc
import Spooling
import TestSupport
import Testing

/// A daemon with users who drop jobs and give orders at random while it and its processes are killed.
final class TortureStage {
  static let daemonUser: UInt32 = 61_001
  /// All jobs that train give the same model, so each must equal that of an undisturbed job.
  private static let job = """
    training_frame: iris.csv
    response_column: Species
    model_id: same
    hidden: [20]
    epochs: 60
    score_interval: 0
    reproducible: true
    seed: 5

    """
  private static let waits = job + "job: {not_before: 2035-01-01T00:00:00Z}\n"

  private let root = NSTemporaryDirectory() + "torture-\(UUID().uuidString)"
  let daemon: Daemon
  var users: [TortureUser]
  var random: SplitMix
  /// The scripts of users that may still be running, with what they do.
  private var scripts: [(run: Programs.Run, title: String, mustBeSilent: Bool)] = []
  /// The number of orders for jobs of other users.
  var foreignOrders = 0

  var layout: SpoolLayout { daemon.layout }
  private var directory: SpoolDirectory { SpoolDirectory(layout, fileSystem: FileSystem()) }

  init(seed: UInt64) throws {
    let files = FileSystem()
    try files.makeFolder(root)
    try files.setMode(root, 0o755)
    let user = "\(Self.daemonUser)"
    let probe = try? Programs.run(
      "/usr/bin/setpriv",
      ["--reuid", user, "--regid", user, "--clear-groups", "\(Programs.folder)/deepspoold", "--version"])
    let isSeveral = probe?.status == 0
    if !isSeveral { print("skipped: three users need root, and programs that every user may run; one user drops jobs") }
    random = SplitMix(seed: seed)
    users = try TortureUser.all(isSeveral: isSeveral, root)
    for folder in ["\(root)/data", "\(root)/spool"] {
      try files.makeFolder(folder)
      try files.setMode(folder, 0o755)
    }
    if isSeveral { chown("\(root)/spool", Self.daemonUser, Self.daemonUser) }
    try files.write(
      try files.read("\(Programs.samples)/iris.csv", limit: 1 << 20), to: "\(root)/data/iris.csv", mode: 0o644)
    daemon = Daemon(
      spool: "\(root)/spool", data: "\(root)/data", userID: isSeveral ? Self.daemonUser : nil,
      environment: ["DEEPSPOOL_RESULTS_GROUP": "submitter"], ["--max-concurrent-jobs", "2"])
  }

  deinit { try? FileSystem().removeTree(root) }

  /// Returns the submitter of a job; nil if the job is gone.
  func owner(_ id: JobIdentifier, in state: JobState) -> UInt32? { directory.submitterID(of: id, in: state) }

  func priority(of id: JobIdentifier, in state: JobState) -> OrderedPriority? {
    directory.orderedPriority(of: id, in: state)
  }

  /// The user ID that the daemon sees.
  func userID(_ user: TortureUser) -> UInt32 { user.userID ?? getuid() }

  // MARK: What users do

  /// Lets users act, kills something a moment later, and waits for the users.
  func round() async throws {
    for _ in 0..<Int.random(in: 0...2, using: &random) { try drop(anyone(), .trains) }
    if chance(4) { try drop(anyone(), .waits(TortureUser.Orders.allCases.randomElement(using: &random) ?? .none)) }
    if chance(2) { try order(anyone()) }
    if chance(8) { try orderExactly(anyone()) }
    if users.count > 1, chance(3) { try meddle(anyone()) }
    try await Task.sleep(for: .milliseconds(Int.random(in: 1...220, using: &random)))
    try await killSomething()
    try finishScripts()
  }

  private func anyone() -> Int { Int.random(in: 0..<users.count, using: &random) }
  /// Returns true in one of `count` cases.
  func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

  /// Starts a script of a user, whose status must be 0.
  func start(
    _ user: Int, _ title: String, _ script: String, files: [String] = [], variables: [String: String] = [:],
    mustBeSilent: Bool = false
  ) throws {
    let common = [
      "spool": layout.root, "control": "\(layout.root)/control", "folder": layout.incoming,
      "deepspool": "\(Programs.folder)/deepspool", "own": users[user].folder,
    ]
    let run = try users[user].run(script, files, variables: common.merging(variables) { $1 })
    scripts.append((run, "\(users[user].name): \(title)", mustBeSilent))
  }

  /// Waits for the scripts of users.
  func finishScripts() throws {
    for script in scripts {
      let (output, errors, status) = try script.run.wait()
      #expect(status == 0, "\(script.title): status \(status), \(errors)")
      if script.mustBeSilent { #expect(output.isEmpty, "\(script.title): \(output)") }
    }
    scripts = []
  }

  private func drop(_ user: Int, _ kind: TortureUser.Job.Kind) throws {
    let number = users[user].jobs.count + 1
    let job = TortureUser.Job(name: "j\(number)", kind: kind)
    users[user].jobs.append(job)
    let name = "\(job.name).\(users[user].fileExtension)"
    let arrival = TortureUser.Arrival.allCases.randomElement(using: &random) ?? .rename
    let orders = if case .waits(let orders) = kind { orders } else { TortureUser.Orders.none }
    let file = try users[user].write(kind == .trains ? Self.job : Self.waits, name)
    try start(
      user, "\(arrival) of \(name), then \(orders)", "\(arrival.rawValue) && { \(orders.rawValue); }",
      variables: [
        "file": file, "name": name, "target": "\(layout.incoming)/\(name)", "priority": "\(ownPriority(user))",
      ])
  }

  private func ownPriority(_ user: Int) -> Int {
    Int.random(in: 1...9, using: &random) * TortureUser.count + users[user].index
  }

  /// Gives a random order for one of the user's own jobs that train, as a file or by command.
  private func order(_ user: Int) throws {
    let eligible = users[user].jobs.indices.filter {
      users[user].jobs[$0].kind == .trains && users[user].jobs[$0].copies == 1
    }
    guard let index = eligible.randomElement(using: &random) else { return }
    let orders: [SpoolOrder] = [.cancel, .hold, .hold, .release, .retry, .retry, .finish, .priority, .priority]
    let order = orders.randomElement(using: &random) ?? .hold
    users[user].jobs[index].hasOrders = true
    if order == .cancel { users[user].jobs[index].mayBeCancelled = true }
    if order == .finish { users[user].jobs[index].mayEndEarly = true }
    let name = users[user].jobs[index].name
    try give(user, order, [name, "\(name).\(users[user].fileExtension)"].randomElement(using: &random) ?? name)
  }

  private func give(_ user: Int, _ order: SpoolOrder, _ text: String) throws {
    let number = order == .priority ? "\(ownPriority(user))" : ""
    // Another user may have taken the name of the file, and a job may be in another state: the order then has no effect.
    let script =
      chance(4)
      ? #""$deepspool" "$order" --spool "$spool" $number "$name" > /dev/null 2>&1; test $? -lt 70 -o $? -eq 73"#
      : #"set -C; { printf '%s' "$number" > "$control/$order/$name"; } 2> /dev/null; :"#
    try start(
      user, "\(order.rawValue) \(text)", script, variables: ["order": order.rawValue, "name": text, "number": number])
  }

  /// Removes a finished job of the user or runs it again, which must happen exactly once.
  private func orderExactly(_ user: Int) throws {
    let finished =
      try daemon.listing().jobs[.finished]?
      .filter { owner($0, in: .finished) == userID(users[user]) } ?? []
    let eligible = users[user].jobs.indices.filter { index in
      let job = users[user].jobs[index]
      return job.kind == .trains && !job.hasOrders && job.copies == 1 && finished.contains { $0.name == job.name }
    }
    guard let index = eligible.randomElement(using: &random) else { return }
    let isRemoval = chance(3)
    users[user].jobs[index].copies = isRemoval ? 0 : 2
    let name = "\(users[user].jobs[index].name).\(users[user].fileExtension)"
    try start(
      user, "\(isRemoval ? "remove" : "rerun") \(name)", #": > "$control/$order/$name""#,
      variables: ["order": (isRemoval ? SpoolOrder.remove : .rerun).rawValue, "name": name])
  }

  // MARK: What is killed

  private func killSomething() async throws {
    let choice = Int.random(in: 0..<6, using: &random)
    let workers = daemon.workers.map(\.processID)
    if choice < 2, !workers.isEmpty {
      for worker in workers { kill(worker, SIGKILL) }
    } else if choice == 2, let inspector = daemon.inspector {
      kill(inspector, SIGKILL)
    } else {
      // Another status means that the daemon ended by itself.
      #expect(try await daemon.end(SIGKILL) == SIGKILL)
      try checkSpool()
      try await daemon.start()
    }
  }

  // MARK: Checks

  /// The results that were found complete; results never change.
  private var completeResults: Set<JobIdentifier> = []

  /// Checks that each job is in one state and that visible results are complete.
  func checkSpool() throws {
    let listing = try daemon.listing()
    let all = listing.jobs.values.joined()
    #expect(Set(all.map(\.number)).count == all.count, "a job is in two states: \(listing.jobs)")
    let known = Set(all)
    for id in listing.results where known.contains(id) {
      #expect([.finished, .running].contains(listing.state(of: id)), "\(id) has a result")
    }
    // A removal is interrupted when the result is gone but the job is not.
    for id in listing.jobs[.finished] ?? [] where job(id, in: .finished)?.copies != 0 {
      #expect(listing.results.contains(id), "\(id) is finished without a result")
    }
    for id in Set(listing.results).subtracting(completeResults) {
      let names = Set(try FileSystem().list(layout.result(id)))
      #expect(
        names.isSuperset(of: ["job.yaml", "metrics.json", "model", "report.html", "events.jsonl"]),
        "the result of \(id) is incomplete: \(names.sorted())")
      completeResults.insert(id)
    }
  }

  /// Waits until all jobs that train have ended and no order is left; owners release what they hold.
  func settle() async throws {
    var last = 0
    while try !isSettled() {
      // The condition is progress, because many jobs may be left.
      last = daemon.log.utf8.count
      try await daemon.until { try isSettled() || daemon.log.utf8.count != last }
    }
  }

  private func isSettled() throws -> Bool {
    let listing = try daemon.listing()
    func isLeft(_ id: JobIdentifier, in state: JobState) -> Bool {
      job(id, in: state)?.kind == .trains
    }
    let held = (listing.jobs[.held] ?? []).filter { isLeft($0, in: .held) }
    for id in held where !FileSystem().exists("\(layout.orders(.release))/\(id)") {
      guard let user = owner(id, in: .held).flatMap(user) else { continue }
      try start(user, "release \(id)", #": > "$control/release/$name""#, variables: ["name": "\(id)"])
    }
    try finishScripts()
    let incoming = try FileSystem().list(layout.incoming).filter { IncomingName($0) != .temporary }
    let orders = try SpoolOrder.allCases.flatMap { try FileSystem().list(layout.orders($0)) }
      .filter { !$0.hasPrefix(".") }
    return held.isEmpty && incoming.isEmpty && orders.isEmpty && listing.claims.isEmpty
      && (listing.jobs[.running] ?? []).isEmpty
      && !(listing.jobs[.queued] ?? []).contains { isLeft($0, in: .queued) }
  }

  /// Returns the index of a user.
  func user(_ userID: UInt32) -> Int? { users.firstIndex { self.userID($0) == userID } }

  /// Returns what its user knows about a job.
  func job(_ id: JobIdentifier, in state: JobState) -> TortureUser.Job? {
    owner(id, in: state).flatMap(user).flatMap { index in users[index].jobs.first { $0.name == id.name } }
  }
}
