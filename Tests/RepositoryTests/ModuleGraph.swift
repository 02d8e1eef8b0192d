import Foundation
import TestSupport

/// The dependencies between the project's own modules: declared, imported or documented.
struct ModuleGraph {
  /// The modules that each module uses.
  let uses: [String: Set<String>]

  /// The dependencies in Package.swift of the targets in `Sources`.
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

  /// The test targets in Package.swift.
  static func testTargets() throws -> Set<String> {
    let manifest = try Repository.text("Package.swift")
    return Set(manifest.matches(of: /\.testTarget\(\s*name: "(\w+)"/).map { String($0.output.1) })
  }

  /// The imports in the Swift files of each module.
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

  /// The table in docs/development/Modules.md, with its order.
  static func documented() throws -> (graph: ModuleGraph, order: [String]) {
    let rows = try MarkdownPage("docs/development/Modules.md").table("module")
    func names(_ cell: String) -> [String] { cell.matches(of: /`(\w+)`/).map { String($0.output.1) } }
    let pairs = rows.compactMap { row in
      row.count >= 2 ? names(row[0]).first.map { ($0, Set(names(row[1]))) } : nil
    }
    return (ModuleGraph(uses: Dictionary(pairs, uniquingKeysWith: { first, _ in first })), pairs.map(\.0))
  }

  /// All edges of the graph.
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
