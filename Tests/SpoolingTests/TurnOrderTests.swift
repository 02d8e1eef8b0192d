import Spooling
import Testing

@Suite("Order of the queue")
struct TurnOrderTests {
  private func id(_ number: Int) -> JobIdentifier { JobIdentifier(number: number, name: "j") }

  private func expectNext(_ queue: inout TurnOrder, _ number: Int?, at place: SourceLocation = #_sourceLocation) {
    let next = queue.next()
    if let next { queue.start(next, .init(priority: 0)) }
    #expect(next == number.map(id), sourceLocation: place)
  }

  @Test("jobs run by priority, then by arrival, never more than the limit")
  func order() {
    var queue = TurnOrder(maximumRunning: 2)
    for (number, priority) in [(3, 0), (1, 0), (2, 5), (4, -1)] { queue.enqueue(id(number), .init(priority: priority)) }
    expectNext(&queue, 2)
    expectNext(&queue, 1)
    expectNext(&queue, nil)
    queue.ended(id(2))
    expectNext(&queue, 3)
    queue.ended(id(1))
    queue.ended(id(3))
    expectNext(&queue, 4)
    expectNext(&queue, nil)
    #expect(queue.waitingCount == 0)
  }

  @Test("a removed job never starts, and may return with another priority")
  func removal() {
    var queue = TurnOrder(maximumRunning: 9)
    queue.enqueue(id(1), .init(priority: 9))
    queue.enqueue(id(2), .init(priority: 1))
    for _ in 1...2 { queue.remove(id(1)) }
    #expect(queue.waiting == [id(2)])
    queue.enqueue(id(1), .init(priority: 0))
    expectNext(&queue, 2)
    expectNext(&queue, 1)
    expectNext(&queue, nil)
  }

  @Test("a job of a group that is not configured waits until it is")
  func unknownGroup() {
    var queue = TurnOrder(maximumRunning: 2, groupLimits: ["night": 1])
    queue.enqueue(id(1), .init(priority: 9, group: "day"))
    queue.enqueue(id(2), .init(priority: 0, group: "night"))
    expectNext(&queue, 2)
    expectNext(&queue, nil)
    queue.groupLimits = ["day": 1]
    expectNext(&queue, 1)
  }

  @Test("recovery is a function of the listing")
  func recovery() {
    let listing = SpoolListing(
      jobs: [.running: [id(5), id(3)], .queued: [id(6)]], claims: [id(8), id(7)], results: [id(3), id(1)])
    #expect(
      SpoolRecovery.actions(for: listing)
        == [.resumeAcceptance(id(7)), .resumeAcceptance(id(8)), .complete(id(3)), .queueAgain(id(5)), .load(id(6))])
    #expect(listing.highestNumber == 8)
  }

  @Test("a file settles once it has not changed for the quiet period")
  func settling() {
    var files = SettlingFiles()
    let first = SettlingFiles.Look(byteCount: 1, changedSeconds: 10)
    let grown = SettlingFiles.Look(byteCount: 2, changedSeconds: 10)
    let looks = [(first, 0.0), (first, 1.9), (grown, 2.5), (grown, 4.4), (grown, 4.5)]
    let settled = looks.map { files.observe("a", $0.0, now: $0.1) }
    #expect(settled == [false, false, false, false, true])
    files.forget("a")
    #expect(files.isEmpty)
  }
}
