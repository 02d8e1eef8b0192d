extension Frame {
  /// Splits off the held-out rows into a second table, as if both had been read from separate files.
  ///
  /// Levels that occur only in the held-out rows are removed from the first table. The first table
  /// keeps all warnings; the second has none.
  ///
  /// - Parameters:
  ///   - heldOut: Row numbers, ascending.
  ///   - name: The name of the second table in messages.
  /// - Returns: Both parts, their rows in the order of the table; columns in a file have their parts there.
  /// - Throws: ``FrameError/scratch(path:folder:reason:)``.
  package func divided(
    holdingOut heldOut: [Int], named name: String
  ) throws(FrameError) -> (rest: Frame, heldOut: Frame) {
    var rest: [Int] = []
    rest.reserveCapacity(rowCount - heldOut.count)
    var next = 0
    for row in 0..<rowCount {
      if next < heldOut.count, heldOut[next] == row { next += 1 } else { rest.append(row) }
    }
    var (kept, taken): ([Column], [Column]) = ([], [])
    for column in columns {
      kept.append(try column.selecting(rest).withoutUnusedLevels.stored(like: column))
      taken.append(try column.selecting(heldOut).stored(like: column))
    }
    return (with(kept), Frame(path: name, columns: taken, isOpenEnded: isOpenEnded))
  }

  /// Returns a checksum of the content of the given rows, which does not depend on the table they are in.
  package func contentChecksum(ofRows rows: [Int]) -> UInt64 {
    var sum = ContentChecksum()
    for column in columns.sorted(by: { $0.name < $1.name }) {
      sum.add(column.name)
      switch column.values {
      case .coded(let codes, let levels):
        let known = levels.map(ContentChecksum.of)
        for row in rows { column.missing.contains(row) ? sum.addMissing() : sum.add(known[Int(codes[row])]) }
      case .packed(let texts):
        for row in rows { column.missing.contains(row) ? sum.addMissing() : sum.add(texts[row]) }
      case .bytes, .shorts, .integers, .doubles, .scaled, .sparse, .mapped:
        for row in rows {
          let number = column.number(at: row)
          // 0 and -0 count as the same number.
          number.isNaN ? sum.addMissing() : sum.add((number == 0 ? 0 : number).bitPattern)
        }
      }
      column.forget()
    }
    return sum.value
  }
}

extension Column {
  /// The column without levels that no row uses, in the same order; columns of other types are unchanged.
  fileprivate var withoutUnusedLevels: Column {
    guard case .coded(let codes, let levels) = values else { return self }
    var isUsed = [Bool](repeating: false, count: levels.count)
    for row in codes.indices where !missing.contains(row) { isUsed[Int(codes[row])] = true }
    guard isUsed.contains(false) else { return self }
    var (places, kept): ([Int32], [String]) = ([], [])
    for (level, isUsed) in zip(levels, isUsed) {
      places.append(isUsed ? Int32(kept.count) : 0)
      if isUsed { kept.append(level) }
    }
    let moved = codes.indices.map { missing.contains($0) ? 0 : places[Int(codes[$0])] }
    return Column(name: name, values: .categorical(moved, levels: kept), missing: missing, isTime: isTime)
  }
}

/// A checksum that mixes words in sequence with the finaliser of SplitMix64.
///
/// Source: Steele, Lea and Flood 2014, Fast splittable pseudorandom number generators.
private struct ContentChecksum {
  private static let missing: UInt64 = 0x6D69_7373_696E_6721

  private(set) var value: UInt64 = 0

  static func of(_ text: String) -> UInt64 {
    var sum = ContentChecksum()
    sum.add(text)
    return sum.value
  }

  mutating func add(_ word: UInt64) {
    var mixed = (value ^ word) &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    value = mixed ^ mixed >> 31
  }

  mutating func add(_ text: String) {
    for byte in text.utf8 { add(UInt64(byte)) }
    add(UInt64(text.utf8.count))
  }

  mutating func addMissing() { add(Self.missing) }
}
