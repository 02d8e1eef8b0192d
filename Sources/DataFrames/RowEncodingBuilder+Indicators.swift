/// Which predictors get an input for their gaps.
extension RowEncodingBuilder {
  /// The numeric ones that lack a value in a row that can be trained on: the input of any other would never be learnt.
  ///
  /// - Throws: ``FrameError`` where a column has the name of such an input.
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
          "is the name of the input for the gaps of '\(column.name)', but the table has such a column; rename it, "
          + "or name it in ignored_columns")
    }
    return gappy
  }
}
