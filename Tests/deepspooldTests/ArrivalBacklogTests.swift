import Spooling
import Testing
import deepspoold

@Suite("Arrivals that wait for their turn")
struct ArrivalBacklogTests {
  private static func files(_ range: Range<Int>) -> [SpoolWatcher.Event] { range.map { .complete("\($0).yaml") } }

  @Test("events are handled in parts of a hundred, in order")
  func parts() {
    var backlog = ArrivalBacklog()
    #expect(backlog.isEmpty && backlog.takePart().isEmpty)
    backlog.add(Self.files(0..<150))
    backlog.add(Self.files(150..<230))
    #expect(Array(backlog.takePart()) == Self.files(0..<100) && Array(backlog.takePart()) == Self.files(100..<200))
    #expect(!backlog.isEmpty)
    #expect(Array(backlog.takePart()) == Self.files(200..<230) && backlog.isEmpty)
  }

  @Test("an order does not wait behind the files, except those that it may mean")
  func orders() {
    var backlog = ArrivalBacklog()
    backlog.add(Self.files(0..<5) + [.order, .appeared("iris.yaml"), .overflow])
    #expect(backlog.hasOrder)
    #expect(backlog.takeOrdered(OrderedNames(["iris", "3"])) == [.complete("3.yaml"), .appeared("iris.yaml")])
    #expect(!backlog.hasOrder)
    #expect(Array(backlog.takePart()) == [0, 1, 2, 4].map { .complete("\($0).yaml") } + [.overflow])
    backlog.expectOrders()
    #expect(backlog.hasOrder && !backlog.isEmpty)
    #expect(backlog.takeOrdered(OrderedNames(["none"])).isEmpty && backlog.isEmpty)
  }
}
