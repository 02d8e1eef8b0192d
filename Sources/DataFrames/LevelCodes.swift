/// The indexes of the levels of a column, in the narrowest storage that holds them.
package struct LevelCodes: Sendable, Equatable {
  private enum Storage: Equatable {
    case bytes([UInt8])
    case shorts([Int16])
    case integers([Int32])
  }

  private let storage: Storage

  package init(_ codes: [Int32]) {
    if codes.allSatisfy({ UInt8(exactly: $0) != nil }) {
      storage = .bytes(codes.map { UInt8(truncatingIfNeeded: $0) })
    } else if codes.allSatisfy({ Int16(exactly: $0) != nil }) {
      storage = .shorts(codes.map { Int16(truncatingIfNeeded: $0) })
    } else {
      storage = .integers(codes)
    }
  }

  init(bytes: [UInt8]) { storage = .bytes(bytes) }

  init(shorts: [Int16]) { storage = .shorts(shorts) }

  /// Returns the codes of `rows`, in that order.
  func selecting(_ rows: [Int]) -> LevelCodes {
    switch storage {
    case .bytes(let codes): LevelCodes(bytes: rows.map { codes[$0] })
    case .shorts(let codes): LevelCodes(shorts: rows.map { codes[$0] })
    case .integers(let codes): LevelCodes(rows.map { codes[$0] })
    }
  }
}

extension LevelCodes {
  /// Calls `body` with each row and its index, in order; faster than a loop over the collection.
  @inline(__always)
  func forEachCode(_ body: (_ row: Int, _ code: Int) -> Void) {
    @inline(__always)
    func visit<Code: FixedWidthInteger>(_ codes: [Code]) {
      codes.withUnsafeBufferPointer { codes in for row in codes.indices { body(row, Int(codes[row])) } }
    }
    switch storage {
    case .bytes(let codes): visit(codes)
    case .shorts(let codes): visit(codes)
    case .integers(let codes): visit(codes)
    }
  }
}

extension LevelCodes: RandomAccessCollection {
  package var startIndex: Int { 0 }

  package var endIndex: Int {
    switch storage {
    case .bytes(let codes): codes.count
    case .shorts(let codes): codes.count
    case .integers(let codes): codes.count
    }
  }

  package subscript(row: Int) -> Int32 {
    switch storage {
    case .bytes(let codes): Int32(codes[row])
    case .shorts(let codes): Int32(codes[row])
    case .integers(let codes): codes[row]
    }
  }
}
