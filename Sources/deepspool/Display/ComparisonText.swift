internal import Documents
internal import Reports
internal import Wording

/// A comparison as text, JSON and page.
struct ComparisonText {
  private static let bestMark = "*"

  private let comparison: Comparison

  init(_ comparison: Comparison) { self.comparison = comparison }

  var lines: [String] {
    var lines: [String] = []
    func add(_ title: String, _ rows: [ComparisonReport.Row]) {
      guard !rows.isEmpty else { return }
      var table = TextTable([.left(title)] + comparison.models.map { .right($0.title.onOneLine) })
      for row in rows {
        table.add([row.name] + row.cells.enumerated().map { row.best.contains($0) ? "\($1)\(Self.bestMark)" : $1 })
      }
      lines += (lines.isEmpty ? [] : [""]) + table.lines()
    }
    add("parameter", parameterRows)
    if parameterRows.isEmpty { lines.append("the parameters are the same") }
    add("run", rows(comparison.run))
    for table in comparison.tables { add("\(table.title) metric", rows(table.metrics)) }
    return lines
  }

  var page: ComparisonReport {
    let tables =
      [
        ComparisonReport.Table(
          id: "parameters", title: "Parameters that differ", subject: "parameter", rows: parameterRows,
          note: "Values in parentheses are defaults."),
        ComparisonReport.Table(id: "run", title: "Training", subject: "figure", rows: labelled(comparison.run)),
      ]
      + comparison.tables.map {
        ComparisonReport.Table(
          id: $0.name, title: "Metrics: \($0.title)", subject: "metric", rows: labelled($0.metrics))
      }
    return ComparisonReport(
      models: comparison.models.map(\.title), tables: tables, warnings: comparison.warnings)
  }

  private var parameterRows: [ComparisonReport.Row] {
    comparison.parameters.map { parameter in
      ComparisonReport.Row(
        name: parameter.key, cells: zip(parameter.values, parameter.isGiven).map { $1 ? $0 : "(\($0))" })
    }
  }

  /// Returns the rows of a page, which has words where text and JSON have the names in `metrics.json`.
  private func labelled(_ metrics: [Comparison.Metric]) -> [ComparisonReport.Row] {
    zip(metrics, rows(metrics)).map { metric, row in
      ComparisonReport.Row(name: ComparisonReport.label(metric.name), cells: row.cells, best: row.best)
    }
  }

  private func rows(_ metrics: [Comparison.Metric]) -> [ComparisonReport.Row] {
    metrics.map { metric in
      ComparisonReport.Row(
        name: metric.name, cells: metric.values.map { $0.map(NumberText.brief) ?? "-" }, best: metric.best)
    }
  }

  var json: JSONValue {
    func values(_ metrics: [Comparison.Metric]) -> JSONValue {
      .array(
        metrics.map { metric in
          .object([
            ("name", .string(metric.name)),
            ("values", .array(metric.values.map { $0.map(JSONValue.number) ?? .null })),
            ("best", .array(metric.best.sorted().map(JSONValue.int))),
          ])
        })
    }
    return .object([
      (
        "models",
        .array(
          comparison.models.map { .object([("name", .string($0.title)), ("path", .string($0.path))]) })
      ),
      (
        "parameters",
        .array(
          comparison.parameters.map { parameter in
            .object([
              ("key", .string(parameter.key)), ("values", .array(parameter.values.map(JSONValue.string))),
              ("given", .array(parameter.isGiven.map(JSONValue.bool))),
            ])
          })
      ), ("run", values(comparison.run)),
      ("training", table("training", values)), ("validation", table("validation", values)),
      ("cross_validation", table("cross_validation", values)),
      ("warnings", .array(comparison.warnings.map(JSONValue.string))),
    ])
  }

  private func table(_ name: String, _ values: ([Comparison.Metric]) -> JSONValue) -> JSONValue {
    values(comparison.tables.first { $0.name == name }?.metrics ?? [])
  }
}
