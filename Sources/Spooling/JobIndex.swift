/// An index of the jobs in a spool by identifier, number and name.
///
/// The index is built once per listing, because thousands of jobs may wait for other jobs.
package struct JobIndex: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    package let id: JobIdentifier
    package let state: JobState
  }

  /// Jobs, or results whose job may be gone, indexed for the rules of
  /// ``JobIdentifier/matches(_:)``.
  private struct Names<Value: Sendable & Equatable>: Sendable, Equatable {
    private var byNumber: [Int: [Value]] = [:]
    private var byName: [String: [Value]] = [:]
    private var byIdentifier: [String: [Value]] = [:]

    mutating func add(_ value: Value, as id: JobIdentifier) {
      byNumber[id.number, default: []].append(value)
      byName[id.name, default: []].append(value)
      byIdentifier[id.description, default: []].append(value)
    }

    mutating func replace(_ value: Value, as id: JobIdentifier, where isOld: (Value) -> Bool) {
      func replaced(_ values: [Value]?) -> [Value] { (values ?? []).map { isOld($0) ? value : $0 } }
      byNumber[id.number] = replaced(byNumber[id.number])
      byName[id.name] = replaced(byName[id.name])
      byIdentifier[id.description] = replaced(byIdentifier[id.description])
    }

    func matching(_ text: String) -> [Value] {
      if let number = Int(text) { return byNumber[number] ?? [] }
      if let exact = byIdentifier[text] { return exact }
      let written = JobIdentifier.name(written: text)
      return (byName[text] ?? []) + (written == text ? [] : byName[written] ?? [])
    }
  }

  private var jobs = Names<Entry>()
  private var results = Names<JobIdentifier>()
  private let rejected: Set<String>

  package init(_ listing: SpoolListing) {
    rejected = listing.rejected
    for (state, ids) in listing.jobs { for id in ids { jobs.add(Entry(id: id, state: state), as: id) } }
    for id in listing.results { results.add(id, as: id) }
  }

  /// Records the state of a job that has moved since the listing was read.
  mutating func set(_ state: JobState, of id: JobIdentifier) {
    jobs.replace(Entry(id: id, state: state), as: id) { $0.id == id }
  }

  /// Returns the latest job that `text` may mean, other than `id`.
  func latest(_ text: String, besides id: JobIdentifier) -> Entry? {
    jobs.matching(text).filter { $0.id != id }.max { $0.id < $1.id }
  }

  func hasResult(_ text: String, besides id: JobIdentifier) -> Bool {
    results.matching(text).contains { $0 != id }
  }

  /// Returns whether a file of this name was rejected.
  func isRejected(_ name: String) -> Bool {
    rejected.contains(name) || rejected.contains(JobIdentifier.name(written: name))
  }
}
