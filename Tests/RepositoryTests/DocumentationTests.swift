import Foundation
import TestSupport
import Testing

/// Links between documents, citations in the code, and counts in documents are correct.
@Suite("Documentation")
struct DocumentationTests {
  private static let behaviour = "docs/reference/h2o-behaviour.md"

  @Test("links between pages lead to existing files and headings")
  func links() throws {
    let pages = try MarkdownPage.all()
    let anchors = Dictionary(uniqueKeysWithValues: pages.map { ($0.path, $0.anchors) })
    for page in pages {
      for (path, anchor) in page.links {
        let target = path ?? page.path
        #expect(
          FileManager.default.fileExists(atPath: "\(Repository.root)/\(target)"),
          "\(page.path) links to \(target), which does not exist")
        guard let anchor, let known = anchors[target] else { continue }
        #expect(known.contains(anchor), "\(page.path) links to \(target)#\(anchor), which does not exist")
      }
    }
  }

  @Test("cited sections of h2o-behaviour.md exist")
  func citedSections() throws {
    let anchors = try MarkdownPage(Self.behaviour).anchors
    for file in Repository.codeFiles {
      for match in try Repository.text(file).matches(of: /h2o-behaviour\.md#([a-z0-9-]+)/) {
        #expect(anchors.contains(String(match.output.1)), "\(file) cites \(match.output.0), which does not exist")
      }
    }
  }

  @Test("cited validation rules exist")
  func citedRules() throws {
    let page = try MarkdownPage(Self.behaviour).text
    let rules = Set(page.matches(of: /\*\*(E\d+)\*\*/).map { String($0.output.1) })
    #expect(rules.count == 67)
    for file in Repository.files(in: "Sources", endings: ["swift"]) {
      for match in try Repository.text(file).matches(of: /\/\/.*\b(E[1-9]\d?)\b/) {
        #expect(rules.contains(String(match.output.1)), "\(file) cites rule \(match.output.1), which does not exist")
      }
    }
  }

  private static let namesInCode = Result {
    var names = Set(Repository.folders(in: "Sources") + Repository.folders(in: "Tests") + ["Package"])
    for file in Repository.codeFiles {
      names.formUnion(try Repository.text(file).matches(of: /\b[A-Z]\w+/).map { String($0.output) })
    }
    return names
  }

  @Test(
    "types and suites named by development pages exist", arguments: ["Overview", "Modules", "Testing"])
  func namedTypes(_ name: String) throws {
    let known = try Self.namesInCode.get()
    let text = try MarkdownPage("docs/development/\(name).md").text
    for match in text.matches(of: /`([A-Z][A-Za-z]*[a-z][A-Za-z]*)(?:\.\w+)?`/) {
      #expect(
        known.contains(String(match.output.1)),
        "docs/development/\(name).md names \(match.output.0), which does not exist")
    }
  }

  @Test("Fidelity-measurements.md states the actual number of cases")
  func counts() throws {
    let text = try MarkdownPage("docs/development/Fidelity-measurements.md").text
    let golden = Repository.files(in: "Tests/Support/golden/cases", endings: ["gz"])
    let drawn = golden.filter { $0.contains("/drawn_") || $0.contains("/untyped_") }
    let jobs = Repository.folders(in: "Tests/Support/parity/cases")
    let recipe = try JSONSerialization.jsonObject(
      with: Data(Repository.text("Tests/Support/parity/recipe.json").utf8))
    let networks = ((recipe as? [String: Any])?["cases"] as? [Any])?.count ?? 0
    for sentence in [
      "the \(jobs.count) whole jobs", "\(golden.count) golden cases", "\(drawn.count) of these were drawn at random",
      "The \(networks) networks",
    ] {
      #expect(text.contains(sentence), "docs/development/Fidelity-measurements.md should contain '\(sentence)'")
    }
  }
}
