internal import Wording

/// A list of jobs that is drawn again and again.
struct ListScreen {
  private static let home = "\u{1B}[H"
  private static let eraseLine = "\u{1B}[K"
  private static let eraseBelow = "\u{1B}[J"

  private let records: [ListedJob]
  private let notice: String?
  private let isStyled: Bool

  /// `notice`: A line above the list.
  init(_ records: [ListedJob], notice: String?, isStyled: Bool) {
    self.records = records
    self.notice = notice
    self.isStyled = isStyled
  }

  /// Draws the list in place of the last one; in a pipe, below it.
  func draw() throws {
    let stream = Terminal.Stream.output
    var lines = JobTable(current: records).lines(width: stream.width, style: Style(isEnabled: isStyled))
    if records.isEmpty { lines = ["no jobs"] }
    if let notice = notice?.escapingControls { lines.insert(stream.width.map(notice.shortened) ?? notice, at: 0) }
    guard let height = stream.height else {
      return try Terminal.write(lines.joined(separator: "\n") + "\n\n", to: stream)
    }
    let room = max(1, height - 1)
    if lines.count > room {
      let shown = lines.prefix(max(1, room - 1))
      lines = shown + ["and \(NumberText.count(lines.count - shown.count, "more job"))"]
    }
    let text = lines.map { $0 + Self.eraseLine }.joined(separator: "\n")
    try Terminal.write(Self.home + text + "\n" + Self.eraseBelow, to: stream)
  }
}
