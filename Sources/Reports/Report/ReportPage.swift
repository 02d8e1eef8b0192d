internal import Mustache

/// The content of a report by sections, independent of models.
struct ReportPage {
  struct Card {
    let name: String
    let value: String
    var note = ""
  }

  struct Chart {
    let caption: String
    let markup: String
  }

  struct Cell {
    let text: String
    let isNumber: Bool
    var link: String?

    static func text(_ text: String) -> Cell { Cell(text: text, isNumber: false) }
    static func number(_ text: String) -> Cell { Cell(text: text, isNumber: true) }
  }

  struct Row {
    let cells: [Cell]
    var isMarked = false
  }

  struct Table {
    var caption = ""
    let header: [Cell]
    let rows: [Row]
    /// True to show the table only on request.
    var isFolded = false
  }

  struct Section {
    let id: String
    let title: String
    var notes: [String] = []
    var charts: [Chart] = []
    var tables: [Table] = []
    var code: String?

    var isEmpty: Bool { notes.isEmpty && charts.isEmpty && tables.isEmpty && code == nil }
  }

  let title: String
  let kind: String
  /// One sentence about the quality of the model.
  var verdict: String?
  let status: String
  let cards: [Card]
  let warnings: [String]
  let sections: [Section]
  let footer: String
  /// The interval at which the browser reloads the page; nil for a finished page.
  var refreshSeconds: Int?

  /// Returns the page as HTML; the template engine escapes all text.
  func html() throws -> String {
    let shown = sections.filter { !$0.isEmpty }
    let context: [String: Any?] = [
      "title": title, "kind": kind, "verdict": verdict, "status": status, "footer": footer,
      "refreshSeconds": refreshSeconds.map(String.init), "hasWarnings": !warnings.isEmpty, "warnings": warnings,
      "cards": cards.map {
        ["name": $0.name, "value": $0.value, "note": $0.note, "isLong": $0.value.count > 9] as [String: Any]
      },
      "sections": shown.map(Self.context),
    ]
    return try ReportTemplate.template().render(context.compactMapValues { $0 })
  }

  private static func context(_ section: Section) -> [String: Any] {
    var context: [String: Any] = [
      "id": section.id, "title": section.title, "notes": section.notes, "hasCharts": !section.charts.isEmpty,
      "charts": section.charts.map { ["caption": $0.caption, "markup": $0.markup] },
      "tables": section.tables.map { table -> [String: Any] in
        [
          "caption": table.caption, "isFolded": table.isFolded, "header": table.header.map(Self.context),
          "rows": table.rows.map { row -> [String: Any] in
            ["isMarked": row.isMarked, "cells": row.cells.map(Self.context)]
          },
        ]
      },
    ]
    if let code = section.code { context["code"] = code }
    return context
  }

  /// The length of text above which lines are wrapped.
  private static let longText = 50

  private static func context(_ cell: Cell) -> [String: Any] {
    var context: [String: Any] = [
      "text": cell.text, "isNumber": cell.isNumber, "isLong": cell.text.count > longText,
    ]
    if let link = cell.link { context["link"] = link }
    return context
  }
}
