import Spooling
import Testing

@Suite("Names of jobs")
struct JobIdentifierTests {
  private static func id(_ number: Int, _ name: String) -> JobIdentifier { JobIdentifier(number: number, name: name) }

  @Test(
    "a job is found by number, identifier, name and original file name",
    arguments: [
      ("größe", "größe"), ("größe", "größe.yaml"), ("my model", "my model"), ("my model", "my model.yml"),
      ("prep", "prep"), ("prep", "prep.yaml"), ("prep", "7"), ("prep", "000007-prep"), ("a.b", "a.b"),
      ("a.b", "a.b.json"), ("-rf", "-rf.yaml"),
    ])
  func written(_ file: String, _ text: String) {
    #expect(Self.id(7, file).matches(text), "\(Self.id(7, file)) does not match '\(text)'")
  }

  @Test(
    "other names do not match", arguments: [("prep", "pre"), ("prep", "prep.csv"), ("prep", "8"), ("8", "8")])
  func others(_ file: String, _ text: String) { #expect(!Self.id(7, file).matches(text)) }

  @Test("a complete identifier means that job even if another job has it as its name")
  func exact() {
    let jobs = [Self.id(83, "fix"), Self.id(90, "000083-fix")]
    func meant(_ text: String, _ jobs: [JobIdentifier]) -> [JobIdentifier] {
      JobReference(text).meant(among: jobs, id: { $0 }, isOwn: { _ in true })
    }
    #expect(meant("000083-fix", jobs) == [jobs[0]])
    #expect(meant("000083-fix", [jobs[1]]) == [jobs[1]])
    #expect(meant("000090-000083-fix", jobs) == [jobs[1]])
    let listing = SpoolListing(jobs: [.failed: [jobs[0]], .finished: [jobs[1]]], claims: [], results: [])
    let verdict = JobConditions(after: ["000083-fix"]).verdict(
      for: Self.id(99, "x"), of: 5, in: JobIndex(listing), nowSeconds: 0)
    #expect(verdict == .never(reason: "cancelled because 000083-fix failed"))
  }
}
