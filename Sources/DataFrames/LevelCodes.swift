/// The indexes of the levels of a column, in the narrowest storage that holds them.
package struct LevelCodes: Sendable, Equatable {
  private enum Storage: Equatable {
    case bytes([UInt8])
    case shorts([Int16])
    case integers([Int32])
    case mappedBytes(MappedValues<UInt8>)
    case mappedShorts(MappedValues<Int16>)
    case mappedIntegers(MappedValues<Int32>)
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

  private init(_ storage: Storage) { self.storage = storage }

  /// Returns the codes of `rows`, in that order.
  func selecting(_ rows: [Int]) -> LevelCodes {
    switch storage {
    case .bytes(let codes): LevelCodes(bytes: rows.map { codes[$0] })
    case .shorts(let codes): LevelCodes(shorts: rows.map { codes[$0] })
    case .integers(let codes): LevelCodes(rows.map { codes[$0] })
    case .mappedBytes(let codes): LevelCodes(bytes: codes.selecting(rows))
    case .mappedShorts(let codes): LevelCodes(shorts: codes.selecting(rows))
    case .mappedIntegers(let codes): LevelCodes(codes.selecting(rows))
    }
  }
}

/// Codes in a file.
extension LevelCodes {
  func stored(in file: ScratchFile) throws(FrameError) -> LevelCodes {
    switch storage {
    case .bytes(let codes): LevelCodes(.mappedBytes(try file.keep(codes)))
    case .shorts(let codes): LevelCodes(.mappedShorts(try file.keep(codes)))
    case .integers(let codes): LevelCodes(.mappedIntegers(try file.keep(codes)))
    case .mappedBytes, .mappedShorts, .mappedIntegers: self
    }
  }

  /// The file with the codes; nil if they are in memory.
  var scratch: ScratchFile? {
    switch storage {
    case .bytes, .shorts, .integers: nil
    case .mappedBytes(let codes): codes.file
    case .mappedShorts(let codes): codes.file
    case .mappedIntegers(let codes): codes.file
    }
  }

  /// A copy in memory.
  var inMemory: LevelCodes {
    switch storage {
    case .bytes, .shorts, .integers: self
    case .mappedBytes(let codes): LevelCodes(.bytes(codes.array))
    case .mappedShorts(let codes): LevelCodes(.shorts(codes.array))
    case .mappedIntegers(let codes): LevelCodes(.integers(codes.array))
    }
  }

  /// Gives the pages of codes in a file back, which are mapped again when they are read.
  func forget() {
    switch storage {
    case .bytes, .shorts, .integers: break
    case .mappedBytes(let codes): codes.forget()
    case .mappedShorts(let codes): codes.forget()
    case .mappedIntegers(let codes): codes.forget()
    }
  }
}

extension LevelCodes {
  /// Calls `body` with each row and its index, in order; faster than a loop over the collection.
  @inline(__always)
  func forEachCode(_ body: (_ row: Int, _ code: Int) -> Void) {
    @inline(__always)
    func visit<Code: FixedWidthInteger>(_ codes: UnsafeBufferPointer<Code>) {
      for row in codes.indices { body(row, Int(codes[row])) }
    }
    switch storage {
    case .bytes(let codes): codes.withUnsafeBufferPointer { visit($0) }
    case .shorts(let codes): codes.withUnsafeBufferPointer { visit($0) }
    case .integers(let codes): codes.withUnsafeBufferPointer { visit($0) }
    case .mappedBytes(let codes): codes.withAll { visit($0) }
    case .mappedShorts(let codes): codes.withAll { visit($0) }
    case .mappedIntegers(let codes): codes.withAll { visit($0) }
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
    case .mappedBytes(let codes): codes.count
    case .mappedShorts(let codes): codes.count
    case .mappedIntegers(let codes): codes.count
    }
  }

  package subscript(row: Int) -> Int32 {
    switch storage {
    case .bytes(let codes): Int32(codes[row])
    case .shorts(let codes): Int32(codes[row])
    case .integers(let codes): codes[row]
    case .mappedBytes(let codes): Int32(codes[row])
    case .mappedShorts(let codes): Int32(codes[row])
    case .mappedIntegers(let codes): codes[row]
    }
  }
}
