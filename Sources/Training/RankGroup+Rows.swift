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
    let kind = shared([numerics.map(NumericsKind.init) ?? .bytes].map(\.rawValue))[0]
    switch NumericsKind(rawValue: kind) {
    case .bytes:
      guard case .bytes(let values, let subtract, let multiply) = numerics else {
        return .bytes(shared([]), subtract: shared([]), multiply: shared([]))
      }
      return .bytes(shared(values), subtract: shared(subtract), multiply: shared(multiply))
    case .singles:
      guard case .singles(let values) = numerics else { return .singles(shared([])) }
      return .singles(shared(values))
    case .doubles:
      guard case .doubles(let values) = numerics else { return .doubles(shared([])) }
      return .doubles(shared(values))
    case .sparse:
      guard case .sparse(let rows) = numerics else {
        return .sparse(SparseRows(starts: shared([]), inputs: shared([]), values: shared([])))
      }
      return .sparse(SparseRows(starts: shared(rows.starts), inputs: shared(rows.inputs), values: shared(rows.values)))
    case nil: preconditionFailure("ranks run different programs: rows of kind \(kind)")
    }
  }
}

/// The forms of numeric inputs.
private enum NumericsKind: UInt8 {
  case bytes, singles, doubles, sparse

  init(_ numerics: EncodedRows.Numerics) {
    self =
      switch numerics {
      case .bytes: .bytes
      case .singles: .singles
      case .doubles: .doubles
      case .sparse: .sparse
      }
  }
}
