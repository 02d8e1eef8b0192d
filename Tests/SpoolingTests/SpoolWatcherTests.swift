import DurableFiles
import Foundation
import Spooling
import Testing

@Suite("Watching folders")
struct SpoolWatcherTests {
  @Test("a name that appeared and is complete is one event, and so are orders in a row; their order stays")
  func condensed() {
    let events: [SpoolWatcher.Event] = [
      .appeared("a"), .appeared("b"), .closed("a"), .order, .order, .complete("c"), .order, .appeared("a"), .overflow,
    ]
    #expect(
      SpoolWatcher.condensed(events)
        == [.appeared("b"), .closed("a"), .order, .complete("c"), .order, .appeared("a"), .overflow])
  }

  @Test("files are closed or moved in; folders and links only appear; orders are reported")
  func events() async throws {
    let layout = SpoolLayout(root: NSTemporaryDirectory() + "watch-\(UUID().uuidString)")
    let fileSystem = FileSystem()
    defer { try? fileSystem.removeTree(layout.root) }
    try SpoolDirectory(layout, fileSystem: fileSystem).create()
    let watcher = try SpoolWatcher(layout)
    try Data("x".utf8).write(to: URL(fileURLWithPath: "\(layout.incoming)/plain.yaml"))
    try fileSystem.write("x".utf8, to: "\(layout.incoming)/moved.yaml")
    try fileSystem.makeFolder("\(layout.incoming)/folder.yaml")
    try fileSystem.write([], to: "\(layout.orders(.cancel))/1")
    var seen: [SpoolWatcher.Event] = []
    for await batch in watcher.events {
      seen += batch
      if seen.contains(.order) { break }
    }
    #expect(seen.contains(.closed("plain.yaml")))
    #expect(seen.contains(.complete("moved.yaml")))
    #expect(seen.contains(.appeared("folder.yaml")))
    #expect(!seen.contains { if case .complete(let name) = $0 { name.hasPrefix(".") } else { false } })
  }
}
