/// Joins the parts of a column from all blocks.
enum ColumnAssembly {
  /// Returns column `index` of all blocks, with the name `name`.
  ///
  /// `options` holds renamed levels and the order of levels.
  static func column(_ blocks: [BlockColumns], _ index: Int, name: String, options: ReadOptions) -> Column {
    let parts = blocks.map { $0.builders[index] }
    var missing = RowSet()
    var first = 0
    for block in blocks {
      missing.insert(block.builders[index].missing, shiftedBy: first)
      first += block.rowCount
    }
    let values: Column.Values
    switch parts.first?.kind ?? .number {
    case .number, .time, .skipped, .sparse: values = numbers(blocks, index)
    case .level:
      values = levels(blocks, index, renames: options.renamedLevels[name], order: options.rules.levelOrder)
    case .text: values = .text(parts.flatMap(\.texts))
    }
    return Column(name: name, values: values, missing: missing, isTime: parts.first?.kind == .time)
  }

  private static func numbers(_ blocks: [BlockColumns], _ index: Int) -> Column.Values {
    let width =
      blocks.map { block in
        switch block.builders[index].storage {
        case .bytes: 0
        case .shorts: 1
        case .integers: 2
        case .doubles: 3
        }
      }.max() ?? 0
    switch width {
    case 0: return .bytes(joined(blocks, index))
    case 1: return .shorts(joined(blocks, index))
    case 2: return .integers(joined(blocks, index))
    default:
      return .doubles(
        joined(blocks, index) { storage, rows, target in
          switch storage {
          case .bytes(let values): for row in 0..<rows { target[row] = Double(values[row]) }
          case .shorts(let values): for row in 0..<rows { target[row] = Double(values[row]) }
          case .integers(let values): for row in 0..<rows { target[row] = Double(values[row]) }
          case .doubles(let values): target.update(from: values, count: rows)
          }
        })
    }
  }

  private static func joined<Number: FixedWidthInteger>(_ blocks: [BlockColumns], _ index: Int) -> [Number] {
    joined(blocks, index) { storage, rows, target in
      switch storage {
      case .bytes(let values): for row in 0..<rows { target[row] = Number(truncatingIfNeeded: values[row]) }
      case .shorts(let values): for row in 0..<rows { target[row] = Number(truncatingIfNeeded: values[row]) }
      case .integers(let values): for row in 0..<rows { target[row] = Number(truncatingIfNeeded: values[row]) }
      case .doubles: preconditionFailure("reals are wider than any integer")
      }
    }
  }

  private static func joined<Number>(
    _ blocks: [BlockColumns], _ index: Int,
    copy: (ColumnBuilder.Storage, Int, UnsafeMutablePointer<Number>) -> Void
  ) -> [Number] {
    let count = blocks.reduce(0) { $0 + $1.rowCount }
    return [Number](unsafeUninitializedCapacity: count) { buffer, filled in
      guard let base = buffer.baseAddress else { return }
      for block in blocks {
        copy(block.builders[index].storage, block.rowCount, base + filled)
        filled += block.rowCount
      }
    }
  }

  private static func levels(
    _ blocks: [BlockColumns], _ index: Int, renames: [String: String]?, order: LevelOrder
  ) -> Column.Values {
    var codeOfLevel: [String: Int32] = [:]
    var codes = blocks.map { block in
      block.builders[index].levels.map { text in
        let level = renames?[text] ?? text
        let code = codeOfLevel[level] ?? Int32(codeOfLevel.count)
        codeOfLevel[level] = code
        return code
      }
    }
    let levels = order.sorted(Array(codeOfLevel.keys))
    var rank = [Int32](repeating: 0, count: levels.count)
    for (index, level) in levels.enumerated() {
      if let code = codeOfLevel[level] { rank[Int(code)] = Int32(index) }
    }
    for block in codes.indices { codes[block] = codes[block].map { rank[Int($0)] } }
    var block = 0
    let all: [Int32] = joined(blocks, index) { storage, rows, target in
      guard case .integers(let values) = storage else { return }
      let ranks = codes[block]
      // In a block without levels, the codes of missing rows are undefined; they are never read.
      for row in 0..<rows { target[row] = ranks.isEmpty ? 0 : ranks[Int(values[row])] }
      block += 1
    }
    return .categorical(all, levels: levels)
  }
}
