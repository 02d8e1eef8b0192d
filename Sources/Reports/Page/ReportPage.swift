internal import Charts
internal import Mustache

/// The content of a report by sections, independent of models.
struct ReportPage {
  struct Card {
    let name: String
    let value: String
    var note = ""
  }

  struct Chart: Codable {
    let caption: String
    let markup: String
    /// The drawing for large screens; nil for the same one.
    let wide: String?

    /// Returns nil for a chart that shows nothing.
    init?(caption: String, markup: String, wide: String? = nil) {
      guard !markup.isEmpty else { return nil }
      (self.caption, self.markup, self.wide) = (caption, markup, wide)
    }
  }

  struct Cell: Codable {
    let text: String
    let isNumber: Bool
    var link: String?
    /// A text for narrow screens, below the cell's own.
    var note: String?
    /// True for a cell that narrow screens leave out, because a note says the same.
    var isAside: Bool?

    static func text(_ text: String) -> Cell { Cell(text: text, isNumber: false) }
    static func number(_ text: String) -> Cell { Cell(text: text, isNumber: true) }
    static func number(_ value: Double) -> Cell { Cell(text: ChartNumber.text(value), isNumber: true) }
  }

  struct Row: Codable {
    var cells: [Cell]
    var isMarked = false
  }

  struct Table: Codable {
    let caption: String
    let header: [Cell]
    var rows: [Row]
    /// True to show the table only on request.
    var isFolded = false

    /// The number of columns above which a table takes the whole width of its section.
    private static let narrowColumns = 6

    var isWide: Bool { header.count > Self.narrowColumns }
  }

  /// Text to copy, such as commands.
  struct Code: Codable {
    let caption: String
    let text: String
    /// True for lines that may be set in several columns.
    var isList = false
  }

  struct Section: Codable {
    let id: String
    var title: String
    /// True for a section that needs only half the width of a large screen.
    var isNarrow = false
    var notes: [String] = []
    var slider: ThresholdSlider?
    var charts: [Chart] = []
    var tables: [Table] = []
    var codes: [Code] = []

    var isEmpty: Bool { notes.isEmpty && slider == nil && charts.isEmpty && tables.isEmpty && codes.isEmpty }
  }

  let title: String
  let kind: String
  /// One sentence about the quality of the model.
  var verdict: String?
  /// Further sentences about the quality of the model.
  var assessment: [String] = []
  let status: String
  let cards: [Card]
  let warnings: [String]
  let sections: [Section]
  let footer: String
  /// The interval at which the browser reloads the page; nil for a finished page.
  var refreshSeconds: Int?

  /// Returns the page as HTML; the template engine escapes all text.
  func html() throws -> String {
    let shown = Self.paired(sections.filter { !$0.isEmpty })
    let hasScript = shown.contains { $0.slider != nil }
    let context: [String: Any?] = [
      "title": title, "kind": kind, "verdict": verdict, "assessment": assessment, "status": status, "footer": footer,
      "refreshSeconds": refreshSeconds.map(String.init), "hasWarnings": !warnings.isEmpty, "warnings": warnings,
      "hasCards": !cards.isEmpty, "script": hasScript ? ReportScript.text : nil,
      "scriptSource": hasScript ? ReportScript.source : nil,
      "cards": cards.map {
        ["name": $0.name, "value": $0.value, "note": $0.note, "isLong": $0.value.count > 9] as [String: Any]
      },
      "sections": shown.map(Self.context),
    ]
    return try ReportTemplate.template().render(context.compactMapValues { $0 })
  }

  /// Returns the sections with every narrow one that has no neighbour made wide, so that no half stays empty.
  static func paired(_ sections: [Section]) -> [Section] {
    var result = sections
    var index = 0
    while index < result.count {
      guard result[index].isNarrow else {
        index += 1
        continue
      }
      let hasNeighbour = index + 1 < result.count && result[index + 1].isNarrow
      result[index].isNarrow = hasNeighbour
      index += hasNeighbour ? 2 : 1
    }
    return result
  }

  private static func context(_ section: Section) -> [String: Any] {
    // The template engine inherits names from outer contexts, so every name is set.
    [
      "id": section.id, "title": section.title, "isNarrow": section.isNarrow,
      "notes": section.notes.map(pieces),
      "slider": section.slider.map { [$0.context] } ?? [],
      "hasItems": !section.charts.isEmpty || section.tables.contains { !$0.isFolded && !$0.isWide },
      "charts": section.charts.map { chart -> [String: Any] in
        ["caption": chart.caption, "markup": chart.markup, "wide": chart.wide.map { [$0] } ?? []]
      },
      "items": section.tables.filter { !$0.isFolded && !$0.isWide }.map { context($0, title: section.title) },
      "tables": section.tables.filter { $0.isFolded || $0.isWide }.map { context($0, title: section.title) },
      "codes": section.codes.map { ["caption": $0.caption, "text": $0.text, "isList": $0.isList] as [String: Any] },
    ]
  }

  /// Returns the pieces of a text; options such as `--threshold` are pieces that no line break divides.
  private static func pieces(_ text: String) -> [String: Any] {
    var pieces: [[String: Any]] = []
    var start = text.startIndex
    for option in text.matches(of: /--[a-z][a-z-]*/) {
      pieces.append(["text": String(text[start..<option.range.lowerBound]), "option": [String(option.output)]])
      start = option.range.upperBound
    }
    pieces.append(["text": String(text[start...]), "option": [String]()])
    return ["pieces": pieces]
  }

  /// - `title`: The title of the section; a caption that says the same is for screen readers only.
  private static func context(_ table: Table, title: String) -> [String: Any] {
    [
      "caption": table.caption, "isFolded": table.isFolded, "isUnseen": table.isFolded || table.caption == title,
      "header": table.header.map { context($0, isRowHeader: false) },
      "rows": table.rows.map { row -> [String: Any] in
        [
          "isMarked": row.isMarked,
          "cells": row.cells.enumerated().map { index, cell in
            context(cell, isRowHeader: index == 0 && !cell.isNumber)
          },
        ]
      },
    ]
  }

  /// The length of text above which lines are wrapped.
  private static let longText = 24

  private static func context(_ cell: Cell, isRowHeader: Bool) -> [String: Any] {
    [
      "text": cell.text, "isNumber": cell.isNumber, "isLong": !cell.isNumber && cell.text.count > longText,
      "isRowHeader": isRowHeader, "link": cell.link.map { [$0] } ?? [], "under": cell.note.map { [$0] } ?? [],
      "isAside": cell.isAside ?? false,
    ]
  }
}
