internal import DurableFiles
internal import Explanations

/// The CSV tables of `explanations/`.
enum ExplanationTables {
  /// The largest numbers of rows, and of rows times classes, with curves of their own.
  private static let (curveRows, curves) = (50, 500)

  /// Returns the tables with the names of their files.
  static func tables(_ table: ExplainedTable) -> [(file: String, csv: CSVText)] {
    let explanations = table.explanations
    var tables = [
      (ResultFolderLayout.permutationImportanceFile, importances(explanations)),
      (ResultFolderLayout.partialDependenceFile, dependence(explanations.dependences)),
      (ResultFolderLayout.individualCurvesFile, curves(explanations.dependences)),
      (ResultFolderLayout.errorsByPredictorFile, errors(explanations.errors)),
    ]
    if let sample = explanations.contributions {
      tables.append(
        (
          ResultFolderLayout.explainedContributionsFile,
          ContributionTable.csv(sample.contributions, rowNumbers: sample.rows.map { $0 + 1 })
        ))
    }
    return tables.filter { !$0.1.rows.isEmpty }.map { (file: $0.0, csv: $0.1) }
  }

  private static func importances(_ explanations: ModelExplanations) -> CSVText {
    var csv = CSVText(
      header: ["column", "metric", "importance", "standard_deviation", "lower", "upper", "rows", "repeats"])
    for importance in explanations.importances {
      let interval = importance.interval
      csv.append([
        .text(importance.column), .text(explanations.metric), .number(importance.mean), .number(importance.deviation),
        .number(interval.lower), .number(interval.upper), .int(explanations.rowCount), .int(importance.losses.count),
      ])
    }
    return csv
  }

  private static func dependence(_ dependences: [PartialDependence]) -> CSVText {
    var csv = CSVText(header: ["column", "value", "class", "mean_prediction", "standard_deviation", "rows"])
    for dependence in dependences {
      for (index, point) in dependence.points.enumerated() {
        for curve in 0..<dependence.curveCount {
          csv.append([
            .text(dependence.column), .text(point.label), className(dependence, curve),
            .number(dependence.mean(point: index, curve: curve)),
            .number(dependence.deviation(point: index, curve: curve)), .int(dependence.rows.count),
          ])
        }
      }
    }
    return csv
  }

  private static func curves(_ dependences: [PartialDependence]) -> CSVText {
    var csv = CSVText(header: ["column", "row", "value", "class", "prediction"])
    for dependence in dependences {
      let rows = min(dependence.rows.count, curveRows, max(1, curves / dependence.curveCount))
      for row in 0..<rows {
        for (index, point) in dependence.points.enumerated() {
          for curve in 0..<dependence.curveCount {
            csv.append([
              .text(dependence.column), .int(dependence.rows[row] + 1), .text(point.label),
              className(dependence, curve), .number(dependence.prediction(point: index, row: row, curve: curve)),
            ])
          }
        }
      }
    }
    return csv
  }

  /// Returns the class of a curve; empty for a regression.
  private static func className(_ dependence: PartialDependence, _ curve: Int) -> CSVText.Cell {
    dependence.classes.isEmpty ? .empty : .text(dependence.classes[curve])
  }

  private static func errors(_ errors: [ColumnErrors]) -> CSVText {
    var csv = CSVText(
      header: [
        "column", "group", "rows", "mean_actual", "mean_prediction", "mean_residual", "standard_deviation",
      ])
    for column in errors {
      for group in column.groups {
        csv.append([
          .text(column.column), .text(group.label), .int(group.rowCount), .number(group.meanActual),
          .number(group.meanPrediction), .number(group.meanResidual), .number(group.deviation),
        ])
      }
    }
    return csv
  }
}
