/// An index of the jobs in a spool by number and name.
///
/// The index is built once per listing, because thousands of jobs may wait for other jobs.
package struct JobIndex: Sendable, Equatable {
  package enum Standing: Sendable, Equatable {
    /// The job is being accepted.
    case arriving
    case state(JobState)
    case rejected
    /// The result is there, but the job's folder is gone.
    case published
  }

  package struct Entry: Sendable, Equatable {
    package let id: JobIdentifier
    package fileprivate(set) var standing: Standing
    /// Nil if the submitter is unknown or was not looked up.
    package fileprivate(set) var submitterID: UInt32?
  }

  private var entries: [JobIdentifier: Entry] = [:]
  private var byNumber: [Int: [JobIdentifier]] = [:]
  private var byName: [String: [JobIdentifier]] = [:]
  private var highestNumber: Int

  package init(_ listing: SpoolListing, rejections: some Sequence<Rejection> = []) {
    highestNumber = listing.highestNumber
    for (state, ids) in listing.jobs { for id in ids { add(id, .state(state)) } }
    for id in listing.claims { add(id, .arriving) }
    for id in listing.results { add(id, .published) }
    for rejection in rejections {
      add(rejection.id, .rejected)
      entries[rejection.id]?.submitterID = rejection.submitterID
      highestNumber = max(highestNumber, rejection.id.number)
    }
  }

  private mutating func add(_ id: JobIdentifier, _ standing: Standing) {
    guard entries[id] == nil else { return }
    entries[id] = Entry(id: id, standing: standing)
    byNumber[id.number, default: []].append(id)
    byName[id.name, default: []].append(id)
  }

  /// Looks up the submitters of the jobs that some texts may mean.
  package mutating func identify(_ texts: some Sequence<String>, _ submitterID: (Entry) -> UInt32?) {
    for id in Set(texts.flatMap { candidates(JobReference($0)) }) {
      guard let entry = entries[id], entry.submitterID == nil else { continue }
      entries[id]?.submitterID = submitterID(entry)
    }
  }

  /// Records that a job has moved since the listing was read.
  mutating func set(_ standing: Standing, of id: JobIdentifier) { entries[id]?.standing = standing }

  /// Returns the latest job that a text means, other than `id`.
  ///
  /// `userID`: The user who wrote the text; names mean only jobs of this user.
  func latest(_ text: String, of userID: UInt32, besides id: JobIdentifier) -> Entry? {
    let reference = JobReference(text)
    let meant = reference.meant(
      among: candidates(reference).filter { $0 != id }, id: { $0 }, isOwn: { entries[$0]?.submitterID == userID })
    return meant.max().flatMap { entries[$0] }
  }

  /// Returns whether a text is the number or identifier of a job that once was in the spool and is gone.
  func isGone(_ text: String) -> Bool {
    guard let number = Int(text) ?? JobIdentifier(text)?.number else { return false }
    return (1...max(1, highestNumber)).contains(number) && byNumber[number] == nil
  }

  private func candidates(_ reference: JobReference) -> [JobIdentifier] {
    if let number = Int(reference.text) { return byNumber[number] ?? [] }
    let exact = JobIdentifier(reference.text).map { id in (byNumber[id.number] ?? []).filter { $0 == id } } ?? []
    let names = Set([reference.text, JobIdentifier.name(written: reference.text)])
    return exact + names.flatMap { byName[$0] ?? [] }.filter { !exact.contains($0) }
  }
}
