internal import DataFrames

extension RankGroup {
  /// Returns the rows of rank 0 on all ranks, as far as training needs them; other ranks pass nil.
  func shared(_ rows: EncodedRows?) -> EncodedRows {
    let counts = shared([rows?.rowCount ?? 0, rows?.categoricalCount ?? 0, rows?.numericCount ?? 0])
    let units = shared(rows?.units ?? [])
    let numerics = shared(rows?.numerics)
    let targets = shared(rows?.targets ?? [])
    let (weights, offsets) = (shared(optional: rows?.weights), shared(optional: rows?.offsets))
    var incomplete = RowSet()
    for row in shared(rows?.incomplete.rows ?? []) { incomplete.insert(row) }
    return EncodedRows(
      rowCount: counts[0], categoricalCount: counts[1], numericCount: counts[2], units: units, numerics: numerics,
      targets: targets, weights: weights, offsets: offsets, incomplete: incomplete)
  }

  private func shared(optional values: [Double]?) -> [Double]? {
    let isPresent = shared([values == nil ? UInt8(0) : 1])[0] == 1
    return isPresent ? shared(values ?? []) : nil
  }

  private func shared(_ numerics: EncodedRows.Numerics?) -> EncodedRows.Numerics {
    let form = shared([numerics?.form ?? 0])[0]
    precondition(
      EncodedRows.Numerics.blanks.indices.contains(form), "ranks run different programs: rows of form \(form)")
    // The other ranks give no numbers, but take part in the same exchanges.
    switch numerics ?? EncodedRows.Numerics.blanks[form] {
    case .bytes(let values, let subtract, let multiply):
      return .bytes(shared(values), subtract: shared(subtract), multiply: shared(multiply))
    case .singles(let values): return .singles(shared(values))
    case .doubles(let values): return .doubles(shared(values))
    case .sparse(let rows):
      return .sparse(SparseRows(starts: shared(rows.starts), inputs: shared(rows.inputs), values: shared(rows.values)))
    }
  }
}

extension EncodedRows.Numerics {
  /// No numbers, in each form.
  fileprivate static let blanks: [EncodedRows.Numerics] = [
    .bytes([], subtract: [], multiply: []), .singles([]), .doubles([]),
    .sparse(SparseRows(starts: [], inputs: [], values: [])),
  ]

  /// The place of this form in ``blanks``.
  fileprivate var form: Int {
    switch self {
    case .bytes: 0
    case .singles: 1
    case .doubles: 2
    case .sparse: 3
    }
  }
}
