import Foundation
import TestSupport
import Testing

/// The decision records share one form, and the index lists all of them.
@Suite("Decisions")
struct DecisionTests {
  private static let folder = "docs/decisions"

  private static var records: [String] {
    Repository.files(in: folder, endings: ["md"]).filter { !$0.hasSuffix("/README.md") }
  }

  @Test("each record has a number, a status, a date and the three sections")
  func form() throws {
    for path in Self.records {
      let text = try Repository.text(path)
      let name = (path as NSString).lastPathComponent
      let number = Int(name.prefix(4)) ?? 0
      #expect(text.hasPrefix("# \(number). "), "\(path) should begin with '# \(number). TITLE'")
      #expect(text.contains(/\n\n- Status: (accepted|superseded)/), "\(path) has no status")
      #expect(text.contains(/\n- Date: \d{4}-\d{2}-\d{2}\n/), "\(path) has no date")
      let sections = text.split(separator: "\n").filter { $0.hasPrefix("## ") }
      #expect(sections == ["## Context", "## Decision", "## Consequences"], "\(path) has other sections")
    }
  }

  @Test("the index lists every record with its title")
  func index() throws {
    let index = try Repository.text("\(Self.folder)/README.md")
    for path in Self.records {
      // '# 7. Title'
      let heading = try Repository.text(path).prefix { $0 != "\n" }
      let title = heading.split(separator: ". ", maxSplits: 1).last ?? ""
      let link = "[\(title)](\((path as NSString).lastPathComponent))"
      #expect(index.contains(link), "\(Self.folder)/README.md should contain '\(link)'")
    }
  }
}
