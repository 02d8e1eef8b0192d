import TestSupport
import Testing

/// Package.swift, the imports and docs/development/Modules.md agree on the module graph.
@Suite("Module graph")
struct ModuleGraphTests {
  @Test("Package.swift and Modules.md have the same edges")
  func manifest() throws {
    let (documented, declared) = (try ModuleGraph.documented().graph, try ModuleGraph.declared())
    for edge in declared.edges.subtracting(documented.edges).sorted() {
      Issue.record("\(edge): in Package.swift, not in docs/development/Modules.md; remove it, or document it")
    }
    for edge in documented.edges.subtracting(declared.edges).sorted() {
      Issue.record("\(edge): in docs/development/Modules.md, not in Package.swift; remove it from the table")
    }
  }

  @Test("Modules.md lists every module below the modules that it uses")
  func order() throws {
    let (graph, order) = try ModuleGraph.documented()
    let modules = Set(Repository.folders(in: "Sources"))
    #expect(Set(order) == modules, "docs/development/Modules.md and Sources have different modules")
    for edge in graph.edges.sorted() {
      guard let from = order.firstIndex(of: edge.from), let to = order.firstIndex(of: edge.to) else {
        Issue.record("\(edge): docs/development/Modules.md lacks a row for one of them")
        continue
      }
      #expect(to < from, "\(edge), but is above it in docs/development/Modules.md: a back-edge")
    }
  }

  @Test("each Swift module has a test target, unless Modules.md says that it has none")
  func tests() throws {
    let modules = Set(
      Repository.folders(in: "Sources").filter { !Repository.files(in: "Sources/\($0)", endings: ["swift"]).isEmpty })
    let targets = try ModuleGraph.testTargets()
    let untested = modules.filter { !targets.contains("\($0)Tests") }
    let page = try MarkdownPage("docs/development/Modules.md")
    #expect(untested == page.names(after: "The exceptions run as processes of jobs, which `EndToEndTests` starts:"))
    let others = targets.subtracting(modules.map { "\($0)Tests" })
    for target in others.sorted() {
      #expect(page.text.contains("`\(target)`"), "docs/development/Modules.md does not say what \(target) tests")
    }
    let folders = Repository.folders(in: "Tests").filter { $0.hasSuffix("Tests") }
    #expect(Set(folders) == targets, "the folders in Tests and the test targets of Package.swift differ")
  }

  @Test("Sources import exactly what Package.swift lists")
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
