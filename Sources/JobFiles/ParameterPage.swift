internal import Wording

/// Prints catalogue rows for people: the reference page and `deepspool explain`.
package enum ParameterPage {
  /// The whole of docs/reference/parameters.md.
  package static func markdown() -> String {
    let catalogue = ParameterCatalogue.shared
    var lines = [
      "# Parameters", "",
      "<!-- Written by `deepspool explain --markdown`; change the catalogue in Sources/JobFiles/Catalogue instead. -->",
      "",
      "Every key of a job file. Keys and words of enumerations are those of H2O; words are matched without regard to",
      "case, blanks, hyphens and underscores. Lists of numbers may be written `100,100` or `(100, 100)` too, lists of",
      "column names `a, b`. `deepspool explain KEY` prints one entry. Keys marked † are not on H2O's reference page.",
      "Under \"elsewhere\" stand names that scikit-learn, Keras, PyTorch, R and others have; a job file that uses one is",
      "told the key.",
      "",
    ]
    for group in ParameterGroup.allCases {
      let rows = catalogue.allRows.filter { $0.group == group }
      guard !rows.isEmpty else { continue }
      lines += ["## \(group.rawValue)", ""]
      for row in rows { lines += entry(row) }
    }
    return lines.joined(separator: "\n")
  }

  /// One row as plain text for a terminal.
  package static func text(for row: any ParameterRow) -> String {
    var lines = ["\(row.key): \(row.summary)", ""]
    lines += facts(of: row).map { "  \($0.label.padded(to: 11))\($0.value)" }
    if !row.details.isEmpty { lines += ["", row.details] }
    return lines.joined(separator: "\n")
  }

  private static func entry(_ row: any ParameterRow) -> [String] {
    let mark = catalogueMark(row)
    var lines = ["### \(row.key)\(mark)", "", row.summary, ""]
    lines += facts(of: row).map { "- \($0.label): \($0.value)" }
    if !row.details.isEmpty { lines += ["", row.details] }
    return lines + [""]
  }

  private static func catalogueMark(_ row: any ParameterRow) -> String {
    let isOwn = [.jobFile, .prediction, .scheduling].contains(row.group)
    return row.isOnReferencePage || isOwn ? "" : " †"
  }

  private static func facts(of row: any ParameterRow) -> [(label: String, value: String)] {
    var facts = [("type", row.typeName), ("default", row.defaultText)]
    if !row.ruleText.isEmpty { facts.append(("must be", row.ruleText)) }
    if let condition = row.activeWhen?.text { facts.append(("acts when", condition)) }
    if !row.otherNames.isEmpty { facts.append(("elsewhere", row.otherNames.joined(separator: ", "))) }
    return facts
  }
}
