/// Selects the predictors with indicators of missing values.
extension RowEncodingBuilder {
  /// Returns the numeric predictors that lack a value in some training row; the indicator of any
  /// other would never be trained.
  ///
  /// - Throws: ``FrameError`` if a column already has the name of such an indicator.
  func indicators(
    _ predictors: [Column], _ frame: Frame, response: Column?, weights: Column?
  ) throws(FrameError) -> [Column] {
    guard choices.addsMissingIndicators else { return [] }
    let gappy = predictors.filter { column in
      column.isNumeric
        && column.missing.rows.contains { response?.missing.contains($0) != true && weights?.number(at: $0) != 0 }
    }
    let roles = Set([response?.name, choices.weightsColumn, choices.offsetColumn].compactMap { $0 })
    for column in gappy {
      let name = MissingIndicator.name(of: column.name)
      guard frame.column(named: name) != nil, roles.contains(name) || !choices.ignoredColumns.contains(name) else {
        continue
      }
      throw .unfitColumn(
        path: frame.path, role: .missingIndicator, column: name,
        problem:
          "is the name of the input for missing values of '\(column.name)', but the table has such a column; rename it, "
          + "or add it to ignored_columns")
    }
    return gappy
  }
}
