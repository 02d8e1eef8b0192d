import Spooling
import TestSupport
import Testing

/// The drawing of a job's states in docs/development/Overview.md has the transitions of `JobState`.
@Suite("State drawing")
struct StateDrawingTests {
  private static let page = "docs/development/Overview.md"

  /// Every transition of the code, as a line of the drawing: `queued --> running: start`.
  private static var transitions: Set<String> {
    var lines: Set<String> = []
    for state in JobState.allCases {
      for event in JobState.Event.allCases {
        guard let next = try? state.applying(event) else { continue }
        lines.insert("\(state.rawValue) --> \(next.rawValue): \(event.rawValue)")
      }
    }
    return lines
  }

  @Test("the drawing has each transition between states of a job, and no others")
  func states() throws {
    let page = try MarkdownPage(Self.page)
    let drawing = try #require(page.drawing("stateDiagram-v2"))
    // Lines with [*] show where jobs enter and leave; they are not transitions of the code.
    let drawn = Set(
      drawing.split(separator: "\n").map { $0.drop { $0 == " " } }
        .filter { $0.contains("-->") && !$0.contains("[*]") }.map { String($0) })
    for line in Self.transitions.subtracting(drawn).sorted() {
      Issue.record("\(Self.page): the drawing lacks '\(line)'; JobState.applying allows it")
    }
    for line in drawn.subtracting(Self.transitions).sorted() {
      Issue.record("\(Self.page): the drawing has '\(line)'; JobState.applying rejects it")
    }
  }
}
