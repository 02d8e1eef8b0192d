/// Joins encoded rows that come in parts, in memory of the right size from the beginning.
package struct RowCollector {
  private let rowCount: Int
  private var filled = 0
  private var categoricalCount = 0
  private var numericCount = 0
  private var units: [Int32] = []
  /// The form of the numbers, without any.
  private var form = EncodedRows.Numerics.singles([])
  private var bytes: [UInt8] = []
  private var singles: [Float] = []
  private var doubles: [Double] = []
  private var sparse = SparseRows(starts: [0], inputs: [], values: [])
  private var targets: [Double] = []
  private var hasWeights = false
  private var weights: [Double] = []
  private var hasOffsets = false
  private var offsets: [Double] = []
  private var incomplete = RowSet()

  /// - `rowCount`: The rows of all parts.
  package init(rowCount: Int) { self.rowCount = rowCount }

  /// Adds the next rows, of the same encoding.
  package mutating func append(_ part: EncodedRows) {
    precondition(filled + part.rowCount <= rowCount, "\(filled) and \(part.rowCount) rows, of \(rowCount)")
    if filled == 0 { begin(part) }
    Self.fill(&units, from: filled * categoricalCount, part.units)
    let firstNumber = filled * numericCount
    switch part.numerics {
    case .bytes(let added, _, _): Self.fill(&bytes, from: firstNumber, added)
    case .singles(let added): Self.fill(&singles, from: firstNumber, added)
    case .doubles(let added): Self.fill(&doubles, from: firstNumber, added)
    case .sparse(let added): sparse.append(added)
    }
    Self.fill(&targets, from: filled, part.targets)
    if hasWeights { Self.fill(&weights, from: filled, part.weights ?? []) }
    if hasOffsets { Self.fill(&offsets, from: filled, part.offsets ?? []) }
    incomplete.insert(part.incomplete, shiftedBy: filled)
    filled += part.rowCount
  }

  /// The rows of all parts.
  package var rows: EncodedRows {
    precondition(filled == rowCount, "\(filled) of \(rowCount) rows")
    let numerics: EncodedRows.Numerics =
      switch form {
      case .bytes(_, let subtract, let multiply): .bytes(bytes, subtract: subtract, multiply: multiply)
      case .singles: .singles(singles)
      case .doubles: .doubles(doubles)
      case .sparse: .sparse(sparse)
      }
    return EncodedRows(
      rowCount: rowCount, categoricalCount: categoricalCount, numericCount: numericCount, units: units,
      numerics: numerics, targets: targets, weights: hasWeights ? weights : nil, offsets: hasOffsets ? offsets : nil,
      incomplete: incomplete)
  }

  private mutating func begin(_ part: EncodedRows) {
    (categoricalCount, numericCount) = (part.categoricalCount, part.numericCount)
    units = [Int32](inLargePages: 0, count: rowCount * categoricalCount)
    let numbers = rowCount * numericCount
    switch part.numerics {
    case .bytes(_, let subtract, let multiply):
      form = .bytes([], subtract: subtract, multiply: multiply)
      bytes = [UInt8](inLargePages: 0, count: numbers)
    case .singles:
      form = .singles([])
      singles = [Float](inLargePages: 0, count: numbers)
    case .doubles:
      form = .doubles([])
      doubles = [Double](inLargePages: 0, count: numbers)
    case .sparse: form = .sparse(SparseRows(starts: [0], inputs: [], values: []))
    }
    if part.targets.count == part.rowCount { targets = [Double](repeating: 0, count: rowCount) }
    (hasWeights, hasOffsets) = (part.weights != nil, part.offsets != nil)
    if hasWeights { weights = [Double](repeating: 0, count: rowCount) }
    if hasOffsets { offsets = [Double](repeating: 0, count: rowCount) }
  }

  private static func fill<Element: BitwiseCopyable>(_ values: inout [Element], from start: Int, _ added: [Element]) {
    precondition(start + added.count <= values.count, "a part of rows has \(added.count) values too many")
    values.withUnsafeMutableBufferPointer { target in
      added.withUnsafeBufferPointer { source in
        guard let base = target.baseAddress, let first = source.baseAddress else { return }
        (base + start).update(from: first, count: source.count)
      }
    }
  }
}
