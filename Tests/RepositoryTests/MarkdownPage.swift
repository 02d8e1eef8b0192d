import Foundation
import TestSupport

/// A page of documentation: its headings, links, tables and drawings.
struct MarkdownPage {
  let path: String
  let text: String

  init(_ path: String) throws {
    self.path = path
    text = try Repository.text(path)
  }

  /// All pages of the repository.
  static func all() throws -> [MarkdownPage] {
    let folders = ["docs", "Spool", "Tests/Support"].flatMap { Repository.files(in: $0, endings: ["md"]) }
    return try (["README.md", "CHANGELOG.md", "CONTRIBUTING.md"] + folders).map(MarkdownPage.init)
  }

  /// The lines outside fenced code blocks.
  private var proseLines: [Substring] {
    var isCode = false
    return text.split(separator: "\n").filter { line in
      guard line.hasPrefix("```") else { return !isCode }
      isCode.toggle()
      return false
    }
  }

  /// The fragments of links to headings: lower case, no punctuation, hyphens for blanks.
  var anchors: Set<String> {
    Set(
      proseLines.filter { $0.hasPrefix("#") }.map { line in
        line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
          .filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }.replacingOccurrences(of: " ", with: "-")
      })
  }

  /// The targets of links within the repository: a path from the root (nil for this page) and an anchor.
  var links: [(path: String?, anchor: String?)] {
    proseLines.flatMap { line in
      line.matches(of: /\]\(([^)\s]+)\)/).map { String($0.output.1) }
    }
    .filter { !$0.contains("://") && !$0.hasPrefix("mailto:") }
    .map { link in
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let folder = (path as NSString).deletingLastPathComponent
      let target = parts[0].isEmpty ? nil : ("\(folder)/\(parts[0])" as NSString).standardizingPath
      let relative = target.map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
      return (relative, parts.count == 2 ? String(parts[1]) : nil)
    }
  }

  /// The text of the first Mermaid drawing that begins with `kind`, such as `stateDiagram-v2`.
  func drawing(_ kind: String) -> String? {
    text.components(separatedBy: "```mermaid\n").dropFirst().first { $0.hasPrefix(kind) }?
      .components(separatedBy: "```").first
  }

  /// The names in a list such as `A`, `B`, `C` that follows a sentence, up to a full stop.
  func names(after sentence: String) -> Set<String> {
    let prose = proseLines.joined(separator: " ")
    guard let start = prose.range(of: sentence)?.upperBound else { return [] }
    return Set(prose[start...].prefix { $0 != "." }.matches(of: /`(\w+)`/).map { String($0.output.1) })
  }

  /// The rows of the first table whose first header is `header`, cell by cell.
  func table(_ header: String) -> [[String]] {
    let lines = proseLines
    guard let first = lines.firstIndex(where: { $0.hasPrefix("| \(header) |") }) else { return [] }
    return lines[(first + 2)...].prefix { $0.hasPrefix("|") }.map { line in
      line.dropFirst().dropLast().components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }
}
