internal import DataFrames
internal import JobFiles
internal import Wording

/// The encoding for a model that continues training on another table.
///
/// Levels, classes, means and scales remain those of the earlier model, because its weights belong to
/// them. The new table may lack levels; it cannot add any, because the network has no input for them.
struct ContinuedEncoding {
  private static let namedLevels = 5

  let basis: RowEncoding
  let job: JobFile

  /// Returns the table with its response coded by the classes of the earlier model.
  func adopt(_ frame: Frame) throws(TrainingError) -> Frame {
    guard let name = basis.response.name, let classes = basis.classes, let response = frame.column(named: name),
      case .coded(let codes, let levels) = response.values
    else { return frame }
    try refuse(unknown(levels, known: classes), noun: "classes", column: name)
    let index = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, Int32($0)) })
    let codeOfLevel = levels.map { index[$0] ?? 0 }
    let adopted = Column(
      name: name,
      values: .categorical(
        codes.enumerated().map { response.missing.contains($0) ? 0 : codeOfLevel[Int($1)] }, levels: classes),
      missing: response.missing)
    return frame.with(frame.columns.map { $0.name == name ? adopted : $0 })
  }

  /// Returns the earlier encoding, adapted to `frame`.
  ///
  /// - `own`: The encoding that a new model of `frame` would have.
  func encoding(_ frame: Frame, own: RowEncoding) throws(TrainingError) -> RowEncoding {
    let known = Set(basis.sources.map(\.name))
    let strange = own.sources.map(\.name).filter { !known.contains($0) }
    guard strange.isEmpty else {
      throw fault(
        "it has columns that are not inputs of the model: \(strange.quoted(atMost: Self.namedLevels)); exclude them with "
          + "skipped_columns")
    }
    guard (own.classes == nil) == (basis.classes == nil) else {
      let name = basis.response.name ?? ""
      throw fault(
        "response '\(name)' is \(own.classes == nil ? "numeric" : "categorical") here but not in the model; set "
          + "column_types: {\(name.text): \(own.classes == nil ? "enum" : "real")}")
    }
    for (name, type) in basis.sources {
      guard let column = frame.column(named: name) else {
        if frame.isOpenEnded { continue }
        throw fault("column '\(name)', an input of the model, is missing; add it, if necessary with missing values")
      }
      guard column.isNumeric == (type != .categorical) else {
        throw fault(
          "column '\(name)' is \(column.typeName) here but \(type == .categorical ? "categorical" : "numeric") in the "
            + "model; set column_types: {\(name.text): \(ColumnTypeChoice(type).text)}")
      }
      if let levels = column.levels {
        try refuse(unknown(levels, known: knownLevels(name)), noun: "levels", column: name)
      }
    }
    return RowEncoding(
      transforms: basis.transforms, categoricals: categoricals(own), numerics: basis.numerics, hash: basis.hash,
      usesAllLevels: basis.usesAllLevels, isSparse: basis.isSparse, indicators: basis.indicators,
      response: basis.response, weights: own.weights,
      offset: own.offset)
  }

  /// The categorical columns of the earlier model; a column may have its first missing values
  /// in the new table.
  private func categoricals(_ own: RowEncoding) -> [RowEncoding.Categorical] {
    basis.categoricals.map { earlier in
      let hasMissing = own.categoricals.contains { $0.name == earlier.name && $0.hasMissing }
      return .init(
        name: earlier.name, levels: earlier.levels, firstUnit: earlier.firstUnit,
        hasMissing: earlier.hasMissing || hasMissing)
    }
  }

  private func knownLevels(_ name: String) -> [String] {
    basis.transforms.first { $0.source == name }?.sourceLevels
      ?? basis.categoricals.first { $0.name == name }?.levels ?? []
  }

  private func unknown(_ levels: [String], known: [String]) -> [String] {
    let known = Set(known)
    return levels.filter { !known.contains($0) }
  }

  private func refuse(_ levels: [String], noun: String, column: String) throws(TrainingError) {
    guard let first = levels.first else { return }
    throw fault(
      "column '\(column)' has \(noun) unknown to the model: \(levels.quoted(atMost: Self.namedLevels)); map them to "
        + "known ones, as in rename_levels: {\(column.text): {\(first.text): ...}}, or train a new model without "
        + "checkpoint")
  }

  private func fault(_ problem: String) -> TrainingError {
    .unfit([job.fault(\.checkpoint, "cannot be continued with this table: \(problem)")])
  }
}
