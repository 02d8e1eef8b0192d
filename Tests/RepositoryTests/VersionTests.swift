import TestSupport
import Testing

/// The version in the source is the newest version of the changelog.
@Suite("Version")
struct VersionTests {
  @Test("CHANGELOG.md begins with an Unreleased section, then the version of the source")
  func changelog() throws {
    let source = try Repository.text("Sources/Wording/Product.swift")
    let found = source.firstMatch(of: /static let version = "(\d+\.\d+\.\d+)"/)
    let version = try #require(found).output.1
    let headings = try Repository.text("CHANGELOG.md").split(separator: "\n").filter { $0.hasPrefix("## ") }
    #expect(headings.first == "## [Unreleased]")
    let newest = headings.dropFirst().first ?? ""
    #expect(
      newest.contains(/^## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$/),
      "CHANGELOG.md: '\(newest)' should read '## [VERSION] - YYYY-MM-DD'")
    #expect(
      newest.hasPrefix("## [\(version)] "),
      "CHANGELOG.md: '\(newest)' should be version \(version), as in Sources/Wording/Product.swift")
  }
}
