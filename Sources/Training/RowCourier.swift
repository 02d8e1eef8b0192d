internal import DataFrames

/// Moves the parts of encoded rows, in a fixed order, to other ranks or to bytes and back.
final class RowCourier {
  /// How a part moves.
  private enum Way {
    /// From rank 0 to all others.
    case toAll(RankGroup)
    case toBytes
    case fromBytes
  }

  private let way: Way
  private var bytes: [UInt8]
  private var position = 0
  private var isDamaged = false

  private init(_ way: Way, bytes: [UInt8] = []) {
    self.way = way
    self.bytes = bytes
  }

  /// A courier from rank 0 to all others, of which each must have one.
  static func broadcast(_ ranks: RankGroup) -> RowCourier { RowCourier(.toAll(ranks)) }

  static func bytes(of rows: EncodedRows) -> [UInt8] {
    let courier = RowCourier(.toBytes)
    _ = courier.carry(rows)
    return courier.bytes
  }

  /// Returns the rows of ``bytes(of:)``; nil if these are not such bytes.
  static func rows(_ bytes: [UInt8]) -> EncodedRows? {
    let courier = RowCourier(.fromBytes, bytes: bytes)
    let rows = courier.carry(nil)
    return courier.isDamaged || courier.position != bytes.count ? nil : rows
  }

  /// Returns the rows where they arrive; nil is passed where there are none.
  func carry(_ rows: EncodedRows?) -> EncodedRows {
    let counts = pass([rows?.rowCount ?? 0, rows?.categoricalCount ?? 0, rows?.numericCount ?? 0])
    let units = pass(rows?.units ?? [])
    let numerics = pass(rows?.numerics)
    let targets = pass(rows?.targets ?? [])
    let (weights, offsets) = (pass(optional: rows?.weights), pass(optional: rows?.offsets))
    var incomplete = RowSet()
    for row in pass(rows?.incomplete.rows ?? []) { incomplete.insert(row) }
    return EncodedRows(
      rowCount: counts.first ?? 0, categoricalCount: counts.dropFirst().first ?? 0, numericCount: counts.last ?? 0,
      units: units, numerics: numerics, targets: targets, weights: weights, offsets: offsets, incomplete: incomplete)
  }

  private func pass<Element: BitwiseCopyable>(_ values: [Element]) -> [Element] {
    switch way {
    case .toAll(let ranks): return ranks.shared(values)
    case .toBytes:
      withUnsafeBytes(of: Int64(values.count)) { bytes.append(contentsOf: $0) }
      values.withUnsafeBytes { bytes.append(contentsOf: $0) }
      return values
    case .fromBytes: return next()
    }
  }

  private func next<Element: BitwiseCopyable>() -> [Element] {
    let (lengthBytes, size) = (MemoryLayout<Int64>.stride, MemoryLayout<Element>.stride)
    guard !isDamaged, bytes.count - position >= lengthBytes else {
      isDamaged = true
      return []
    }
    let count = bytes.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: position, as: Int64.self)) }
    position += lengthBytes
    guard count >= 0, count <= (bytes.count - position) / size else {
      isDamaged = true
      return []
    }
    defer { position += count * size }
    return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      bytes.withUnsafeBytes { source in
        UnsafeMutableRawBufferPointer(buffer).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[position..<position + count * size]))
      }
      initialized = count
    }
  }

  private func pass(optional values: [Double]?) -> [Double]? {
    let isPresent = pass([values == nil ? UInt8(0) : 1]).first == 1
    return isPresent ? pass(values ?? []) : nil
  }

  private func pass(_ numerics: EncodedRows.Numerics?) -> EncodedRows.Numerics {
    let form = pass([numerics?.form ?? 0]).first ?? 0
    precondition(
      EncodedRows.Numerics.blanks.indices.contains(form), "ranks run different programs: rows of form \(form)")
    // Where rows arrive there are no numbers yet, but the same parts pass.
    switch numerics ?? EncodedRows.Numerics.blanks[form] {
    case .bytes(let values, let subtract, let multiply):
      return .bytes(pass(values), subtract: pass(subtract), multiply: pass(multiply))
    case .singles(let values): return .singles(pass(values))
    case .doubles(let values): return .doubles(pass(values))
    case .sparse(let rows):
      return .sparse(SparseRows(starts: pass(rows.starts), inputs: pass(rows.inputs), values: pass(rows.values)))
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
