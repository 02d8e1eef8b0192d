internal import JobFiles
internal import Wording

/// The page of a job whose models are in training: the models, their progress, and links to their pages.
package struct PartsReport {
  /// One of the models that a job trains.
  package struct Part: Sendable {
    package enum State: String, Sendable {
      case waiting = "waiting"
      case training = "in training"
      case finished
    }

    package let name: String
    package let state: State
    /// The page of the model, relative to this one.
    package let link: String?

    package init(name: String, state: State, link: String?) {
      self.name = name
      self.state = state
      self.link = link
    }
  }

  private let title: String
  private let kind: String
  private let parts: [Part]

  /// - `kind`: The work of the job, in words.
  package init(title: String, kind: String, parts: [Part]) {
    self.title = title
    self.kind = kind
    self.parts = parts
  }

  /// - Throws: Only if the program has a bug.
  package func html() throws -> String {
    let finished = parts.count { $0.state == .finished }
    return try ReportPage(
      title: title, kind: kind,
      status:
        "Training: \(finished) of \(parts.count) models finished. This page is updated after each model.",
      cards: [], warnings: [], sections: [Self.section(parts)],
      footer: "Written by deepspool \(Product.version).", refreshSeconds: ModelReport.refreshSeconds
    ).html()
  }

  /// Returns the models as a table with links; empty without models.
  static func section(_ parts: [Part], title: String = "Models") -> ReportPage.Section {
    guard !parts.isEmpty else { return .init(id: "models", title: title) }
    let table = ReportPage.Table(
      caption: "Models and their state", header: [.text("model"), .text("state")],
      rows: parts.map { part in
        var name = ReportPage.Cell.text(part.name)
        name.link = part.link
        return .init(cells: [name, .text(part.state.rawValue)])
      })
    return .init(id: "models", title: title, tables: [table])
  }
}
