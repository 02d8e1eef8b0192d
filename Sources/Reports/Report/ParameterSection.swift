internal import JobFiles

/// The section with every parameter in force, and the origin of its value.
struct ParameterSection {
  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var section: ReportPage.Section {
    var (changed, defaults): ([ReportPage.Row], [ReportPage.Row]) = ([], [])
    for parameter in ParameterInForce.all(content.job, plan: content.plan) {
      let row = ReportPage.Row(cells: [
        .text(parameter.row.key), .text(parameter.value), .text(parameter.row.defaultText),
        .text(parameter.origin.rawValue),
      ])
      if parameter.origin == .unset || parameter.value == parameter.row.defaultText {
        defaults.append(row)
      } else {
        changed.append(row)
      }
    }
    let header: [ReportPage.Cell] = [.text("parameter"), .text("value"), .text("default"), .text("origin")]
    return .init(
      id: "parameters", title: "Parameters",
      tables: [
        .init(caption: "Changed from the default", header: header, rows: changed),
        .init(caption: "At the default", header: header, rows: defaults, isFolded: true),
      ])
  }
}
