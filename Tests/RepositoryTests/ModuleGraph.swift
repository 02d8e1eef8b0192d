import Foundation
import TestSupport

/// Which of the project's own modules uses which: as Package.swift allows it, as the sources import, as Modules.md says.
struct ModuleGraph {
  /// Modules by name, each with those that it uses.
  let uses: [String: Set<String>]

  /// Targets of `Sources` with the dependencies that Package.swift gives them.
  static func declared() throws -> ModuleGraph {
    let manifest = try Repository.text("Package.swift")
    let starts = manifest.matches(of: /\.(target|executableTarget|systemLibrary)\(\s*name: "(\w+)"/)
    let modules = Set(Repository.folders(in: "Sources"))
    var uses: [String: Set<String>] = [:]
    for start in starts where modules.contains(String(start.output.2)) {
      let rest = manifest[start.range.upperBound...]
      let end = rest.firstMatch(of: /\n {4}\.|\n {4}\/\/|\n {2}\]/)?.range.lowerBound ?? manifest.endIndex
      let target = rest[..<end]
      let list = target.firstMatch(of: /dependencies: \[([^\]]*)\]/)?.output.1 ?? ""
      uses[String(start.output.2)] = Set(list.matches(of: /"(\w+)"/).map { String($0.output.1) })
        .intersection(modules)
    }
    return ModuleGraph(uses: uses)
  }

  /// What the Swift files of each module import.
  static func imported() throws -> ModuleGraph {
    let modules = Set(Repository.folders(in: "Sources"))
    var uses: [String: Set<String>] = [:]
    for module in modules {
      var names: Set<String> = []
      for file in Repository.files(in: "Sources/\(module)", endings: ["swift"]) {
        for line in try Repository.text(file).split(separator: "\n") {
          guard let match = line.firstMatch(of: /^(?:[@\w]+ )*import (?:(?:struct|func|enum|class) )?(\w+)/) else {
            continue
          }
          names.insert(String(match.output.1))
        }
      }
      uses[module] = names.intersection(modules).subtracting([module])
    }
    return ModuleGraph(uses: uses)
  }

  /// The table of docs/development/Modules.md, in its order.
  static func documented() throws -> (graph: ModuleGraph, order: [String]) {
    let rows = try MarkdownPage("docs/development/Modules.md").table("module")
    func names(_ cell: String) -> [String] { cell.matches(of: /`(\w+)`/).map { String($0.output.1) } }
    let pairs = rows.compactMap { row in
      row.count >= 2 ? names(row[0]).first.map { ($0, Set(names(row[1]))) } : nil
    }
    return (ModuleGraph(uses: Dictionary(pairs, uniquingKeysWith: { first, _ in first })), pairs.map(\.0))
  }

  /// Every edge, as "module uses module".
  var edges: Set<Edge> {
    Set(uses.flatMap { module, used in used.map { Edge(from: module, to: $0) } })
  }

  struct Edge: Hashable, Comparable, CustomStringConvertible {
    let from: String
    let to: String

    var description: String { "\(from) uses \(to)" }

    static func < (one: Edge, other: Edge) -> Bool { (one.from, one.to) < (other.from, other.to) }
  }
}
