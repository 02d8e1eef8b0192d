package import DataFrames
internal import JobFiles
internal import Wording

/// A commented job file for a table: the response is guessed, and what was read is stated.
package struct JobDraft {
  /// Wider tables state the types of columns of levels, texts and times only.
  private static let statedColumns = 200
  /// Smaller tables have no rows to hold out.
  private static let smallestDivided = 10
  /// A column of more classes is probably no response.
  private static let manyClasses = 50
  /// A column of at most this many whole numbers may be one of classes.
  private static let fewNumbers = 20
  private static let commentWidth = 100

  private let table: TableDescription
  private let tableName: String
  private let response: ResponseGuess
  /// The reasons of the ignored columns, in the order of the table.
  private let ignored: [(name: String, reason: String)]
  /// The ignored columns of numbers with a unit, with their reasons.
  private let withUnits: [(name: String, reason: String)]
  /// Columns whose type cannot be stated, with the reason.
  package var unstated: [String: String] = [:]
  /// What to know about the place of the table, in sentences; nil for nothing.
  package var placeNote: String?
  /// Columns of dates whose format is not stated, because it does not fit every field.
  package var unformatted: Set<String> = []

  /// The name of the response.
  package var responseName: String { response.column.name }
  /// The evidence for the response, to follow "because".
  package var responseReason: String { response.reason }
  /// False if nothing tells which column is meant.
  package var isResponseCertain: Bool { response.isCertain }

  /// A warning if every column besides the response is left out, so that the job cannot run as written; nil otherwise.
  package var missingPredictors: String? {
    let names = table.columns.map(\.name).filter { ignoredNames.contains($0) }
    guard names.count == table.columns.count - 1 else { return nil }
    guard !names.isEmpty else { return "the table has no column besides the response '\(responseName)'" }
    return "no predictor is left besides the response '\(responseName)', because \(names.quoted(atMost: 3)) "
      + "\(names.count == 1 ? "is" : "are") left out; see ignored_columns for the reasons, or name another response with "
      + "--response"
  }

  /// Drafts a job; nil if no column can be the response.
  ///
  /// - Parameters:
  ///   - table: The table as it was read.
  ///   - tableName: The path of the table, relative to the job file.
  ///   - name: The name of the response, an existing column; nil to guess it.
  package init?(_ table: TableDescription, tableName: String, response name: String?) {
    self.table = table
    self.tableName = tableName
    let found = table.columns.compactMap { column in
      let isCode = table.layout?.codes.contains(column.name) ?? false
      return IdentifierGuess.reason(column, rowCount: table.rowCount, isCode: isCode).map {
        (name: column.name, reason: $0)
      }
    }
    let units = table.columns.compactMap { column in
      table.layout?.units[column.name].flatMap {
        IdentifierGuess.unitReason(column, rowCount: table.rowCount, unit: $0)
      }.map { (name: column.name, reason: $0) }
    }
    let given = table.columns.first { $0.name == name }.map(ResponseGuess.init(given:))
    guard let response = given ?? ResponseGuess.of(table, identifiers: Set(found.map(\.name))) else { return nil }
    self.response = response
    withUnits = units.filter { $0.name != response.column.name }
    let names = Set(withUnits.map(\.name))
    ignored = found.filter { $0.name != response.column.name && !names.contains($0.name) }
  }

  /// The job file.
  package var text: String {
    let parts = [head, layout, types, dateFormats, ignoredColumns, division, recipe, network]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  // MARK: Parts

  private var head: [String] {
    let task: String
    let classes = response.column.distinctCount
    if !response.isOfClasses {
      let areFewNumbers = response.column.kind == .int && (3...Self.fewNumbers).contains(classes)
      task =
        "The response is a number, so the job is a regression."
        + (areFewNumbers
          ? " If its \(classes) different whole numbers are classes, change its type in column_types to enum." : "")
    } else {
      task = "The response has \(classes) classes, so the job is a classification."
    }
    let title = comment(
      "A job for deepspool, written by `deepspool init`. `deepspool check` checks it, `deepspool run` trains the model, "
        + "and `deepspool explain KEY` explains a key.")
    let place = placeNote.map { comment($0) } ?? []
    let advice = response.isCertain ? "" : " Replace it by the column that you want to predict."
    let choice = response.isCertain ? "chosen" : "a guess,"
    let reason = comment("The column to predict, \(choice) because \(response.reason).\(advice) \(task)")
    let doubt =
      response.isOfClasses && classes > Self.manyClasses
      ? comment("\(classes) classes are many: is this the right column, and are they not numbers?") : []
    return title + ["training_frame: \(tableName.text)"] + place + [""] + reason + doubt
      + ["response_column: \(response.column.name.text)"]
  }

  private var layout: [String] {
    guard let layout = table.layout else { return [] }
    var lines: [String] = []
    // A stated separator makes any text a table of its own.
    if let separator = layout.separator, layout.format.columnNames == .optional {
      lines.append("separator: \(separator == "\t" ? "tab" : separator == " " ? "space" : String(separator).text)")
    }
    if layout.format.columnNames == .optional {
      lines.append("header: \(layout.hasHeader.text)")
      if layout.titleLines > 0 { lines.append("skip_lines: \(layout.titleLines)") }
      if let decimal = layout.decimalMark {
        lines.append("decimal: \((decimal == .comma ? DecimalChoice.comma : .point).text)")
      }
    }
    guard !lines.isEmpty else { return [] }
    let encoding = layout.encoding.map { ", encoding \($0.rawValue)" } ?? ""
    return comment(
      "How the file was read (format \(layout.format.name)\(encoding)). These keys were guessed; correct them if "
        + "`deepspool describe` shows nonsense.") + lines
  }

  private var types: [String] {
    let isWide = table.columns.count > Self.statedColumns
    let ignoredNames = ignoredNames
    var lines: [String] = []
    // Numbered columns hold numbers, and there may be any number of them.
    let isNumbered = table.layout?.format.columnNames == .numbered
    for column in table.columns where !isNumbered || column.name == response.column.name {
      let isResponse = column.name == response.column.name
      if isWide, column.kind == .int || column.kind == .real, !isResponse, !isCode(column) { continue }
      if ignoredNames.contains(column.name) { continue }
      let type =
        isCode(column) || (isResponse && response.isOfClasses) ? ColumnTypeChoice.enumeration : Self.type(column.kind)
      if let reason = unstated[column.name] {
        lines.append("  # \(column.name.text.onOneLine) is not stated: \(reason.onOneLine)")
      } else {
        lines.append("  \(column.name.text): \(type.text)  # \(facts(column))")
      }
    }
    guard lines.contains(where: { !$0.hasPrefix("  #") }) else { return [] }
    let rest = isWide ? " The other columns are numbers." : ""
    return comment(
      "The types of the columns: enum is one of several levels, int and real are numbers, time is a date. Declare numbers "
        + "that are codes, such as postal codes, enum.\(rest)") + ["column_types:"] + lines
  }

  /// True for numbers that are codes, such as `01067`.
  private func isCode(_ column: ColumnDescription) -> Bool { table.layout?.codes.contains(column.name) ?? false }

  /// The formats of dates such as `01/02/2024`, in which day and month could change places.
  private var dateFormats: [String] {
    let ignoredNames = ignoredNames
    let formats = table.columns.compactMap { column -> String? in
      guard column.kind == .time, !ignoredNames.contains(column.name), unstated[column.name] == nil,
        let format = dateFormat(of: column.name)
      else { return nil }
      return "  \(column.name.text): \(format.text)"
    }
    guard !formats.isEmpty else { return [] }
    return comment(
      "The formats of dates, in which day and month could change places: d is the day, M the month, y the year.")
      + ["date_format:"] + formats
  }

  /// Returns the format of the dates in a column; nil if their notation leaves no choice.
  package func dateFormat(of name: String) -> String? {
    guard !unformatted.contains(name), let notation = table.layout?.notation.columns[name] else { return nil }
    return notation.dateFormat ?? notation.writtenFormat
  }

  private var ignoredColumns: [String] {
    guard !ignoredNames.isEmpty else { return [] }
    func lines(_ columns: [(name: String, reason: String)]) -> [String] {
      columns.map { "  - \($0.name.text)  # \($0.reason.onOneLine)" }
    }
    let identifiers = "Columns that identify rows: a model would learn them by heart. Remove a line to use the column."
    let units =
      "Columns of numbers with a unit, which nearly all differ as words. Remove the unit from the fields of the table, then "
      + "the line here, to use the column."
    guard !withUnits.isEmpty else { return comment(identifiers) + ["ignored_columns:"] + lines(ignored) }
    guard !ignored.isEmpty else { return comment(units) + ["ignored_columns:"] + lines(withUnits) }
    return comment(identifiers) + ["ignored_columns:"] + lines(ignored) + comment(units).map { "  \($0)" }
      + lines(withUnits)
  }

  private var ignoredNames: Set<String> { Set((ignored + withUnits).map(\.name)) }

  private var division: [String] {
    guard table.rowCount >= Self.smallestDivided else {
      return comment("The table is too short to hold out rows, so metrics are those of the rows trained on.")
    }
    return comment("The share of the rows on which the model is judged, and never trained.")
      + ["validation_fraction: 0.2"]
  }

  private var recipe: [String] {
    comment(
      "A recipe that makes better models of most tables than the defaults below, and trains longer. Remove the # "
        + "before it to use it; `deepspool explain preset` says what it sets.") + ["# preset: tabular"]
  }

  private var network: [String] {
    comment("The network and the length of the training, with their defaults.") + [
      "# hidden: [200, 200]", "# epochs: 10",
    ]
      + comment(
        "The same seed divides the rows in the same way again. Several threads train another model each time, unless:")
      + ["# reproducible: true", "seed: 1"]
  }

  // MARK: Words

  private func facts(_ column: ColumnDescription) -> String {
    guard !isCode(column) else {
      return "\(NumberText.count(column.distinctCount, "code")), which lose digits as numbers"
    }
    var parts: [String] = []
    if let levels = column.levels {
      let shown = levels.prefix(3).map { $0.onOneLine.shortened(to: 20).listed }.joined(separator: ", ")
      parts.append("\(NumberText.count(column.distinctCount, "level")): \(shown)\(levels.count > 3 ? ", …" : "")")
    } else if let range = column.range {
      let (low, high) =
        column.kind == .time
        ? (TimeText.brief(range.minimum), TimeText.brief(range.maximum))
        : (NumberText.shortest(range.minimum), NumberText.shortest(range.maximum))
      parts.append("\(low) to \(high)")
    }
    if let unit = table.layout?.units[column.name] { parts.append("with a unit (\(unit)), so they are no numbers") }
    if column.missingCount > 0 { parts.append("\(column.missingCount) missing") }
    return parts.isEmpty ? "no value" : parts.joined(separator: "; ")
  }

  private static func type(_ kind: ColumnDescription.Kind) -> ColumnTypeChoice {
    switch kind {
    case .int: .int
    case .real: .real
    case .enumeration: .enumeration
    case .time: .time
    case .string: .string
    }
  }

  private func comment(_ text: String) -> [String] {
    text.wrapped(to: Self.commentWidth - 2).split(separator: "\n").map { "# \($0)" }
  }
}
