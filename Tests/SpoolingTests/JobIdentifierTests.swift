import Spooling
import Testing

@Suite("What people call jobs")
struct JobIdentifierTests {
  private static func id(_ number: Int, _ name: String) -> JobIdentifier { JobIdentifier(number: number, name: name) }

  @Test(
    "number, identifier, name, and the name of the file as it was written",
    arguments: [
      ("größe", "größe"), ("größe", "größe.yaml"), ("my model", "my model"), ("my model", "my model.yml"),
      ("prep", "prep"), ("prep", "prep.yaml"), ("prep", "7"), ("prep", "000007-prep"), ("a.b", "a.b"),
      ("a.b", "a.b.json"), ("-rf", "-rf.yaml"),
    ])
  func written(_ file: String, _ text: String) {
    #expect(Self.id(7, file).matches(text), "\(Self.id(7, file)) is not found as '\(text)'")
  }

  @Test(
    "another name does not find it", arguments: [("prep", "pre"), ("prep", "prep.csv"), ("prep", "8"), ("8", "8")])
  func others(_ file: String, _ text: String) { #expect(!Self.id(7, file).matches(text)) }

  @Test("a whole identifier means that job, also where another bears it as a name")
  func exact() {
    let jobs = [Self.id(83, "fix"), Self.id(90, "000083-fix")]
    #expect(JobIdentifier.meant("000083-fix", among: jobs) == [jobs[0]])
    #expect(JobIdentifier.meant("000083-fix", among: [jobs[1]]) == [jobs[1]])
    #expect(JobIdentifier.meant("000090-000083-fix", among: jobs) == [jobs[1]])
    let listing = SpoolListing(jobs: [.failed: [jobs[0]], .finished: [jobs[1]]], claims: [], results: [])
    let verdict = JobConditions(after: ["000083-fix"]).verdict(
      for: Self.id(99, "x"), in: JobIndex(listing), nowSeconds: 0)
    #expect(verdict == .never(reason: "000083-fix, which it comes after, is failed"))
  }
}
