import TestSupport
import Testing

/// The graph of modules is what docs/development/Modules.md says it is.
@Suite("Module graph")
struct ModuleGraphTests {
  @Test("Package.swift has the edges that Modules.md lists, and no others")
  func manifest() throws {
    let (documented, declared) = (try ModuleGraph.documented().graph, try ModuleGraph.declared())
    for edge in declared.edges.subtracting(documented.edges).sorted() {
      Issue.record("\(edge): in Package.swift, not in docs/development/Modules.md; remove it, or document it")
    }
    for edge in documented.edges.subtracting(declared.edges).sorted() {
      Issue.record("\(edge): in docs/development/Modules.md, not in Package.swift; remove it from the table")
    }
  }

  @Test("every module is in the table, and stands below all that it uses")
  func order() throws {
    let (graph, order) = try ModuleGraph.documented()
    let modules = Set(Repository.folders(in: "Sources"))
    #expect(Set(order) == modules, "docs/development/Modules.md lists other modules than Sources has")
    for edge in graph.edges.sorted() {
      guard let from = order.firstIndex(of: edge.from), let to = order.firstIndex(of: edge.to) else {
        Issue.record("\(edge): docs/development/Modules.md has no row of its own for one of them")
        continue
      }
      #expect(to < from, "\(edge), but stands above it in docs/development/Modules.md: a back-edge")
    }
  }

  @Test("sources import what Package.swift lists, and all of it")
  func imports() throws {
    let (declared, imported) = (try ModuleGraph.declared(), try ModuleGraph.imported())
    for edge in imported.edges.subtracting(declared.edges).sorted() {
      Issue.record("\(edge): imported in Sources/\(edge.from), not listed in Package.swift")
    }
    for edge in declared.edges.subtracting(imported.edges).sorted() {
      Issue.record("\(edge): listed in Package.swift, imported by no file of Sources/\(edge.from); remove it")
    }
  }
}
