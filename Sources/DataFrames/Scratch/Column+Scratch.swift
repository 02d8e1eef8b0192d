/// Columns whose values lie in a file.
extension Column {
  /// Returns the column with its numbers or levels in a file; sparse numbers and texts stay in memory.
  func stored(in file: ScratchFile) throws(FrameError) -> Column {
    let stored: Values
    switch values {
    case .bytes(let numbers): stored = .mapped(MappedNumbers(storage: .bytes(try file.keep(numbers))))
    case .shorts(let numbers): stored = .mapped(MappedNumbers(storage: .shorts(try file.keep(numbers))))
    case .integers(let numbers): stored = .mapped(MappedNumbers(storage: .integers(try file.keep(numbers))))
    case .doubles(let numbers): stored = .mapped(MappedNumbers(storage: .doubles(try file.keep(numbers))))
    case .scaled(let numbers):
      stored = .mapped(MappedNumbers(storage: .scaled(try file.keep(numbers.counts), numbers.unit)))
    case .coded(let codes, let levels): stored = .coded(try codes.stored(in: file), levels: levels)
    case .mapped, .sparse, .packed: return self
    }
    return Column(name: name, values: stored, missing: missing, isTime: isTime)
  }

  /// Returns the column where the values of another one are: in its file, or in memory.
  func stored(like other: Column) throws(FrameError) -> Column {
    guard let file = other.scratch else { return self }
    return try stored(in: file)
  }

  /// The file with the values; nil if they are in memory.
  var scratch: ScratchFile? {
    switch values {
    case .mapped(let numbers): numbers.file
    case .coded(let codes, _): codes.scratch
    case .bytes, .shorts, .integers, .doubles, .scaled, .sparse, .packed: nil
    }
  }

  /// The column with its values in memory.
  var inMemory: Column {
    switch values {
    case .mapped(let numbers): Column(name: name, values: numbers.inMemory, missing: missing, isTime: isTime)
    case .coded(let codes, let levels):
      Column(name: name, values: .coded(codes.inMemory, levels: levels), missing: missing, isTime: isTime)
    case .bytes, .shorts, .integers, .doubles, .scaled, .sparse, .packed: self
    }
  }

  /// Gives the pages of values in a file back, which are mapped again when they are read.
  func forget() {
    switch values {
    case .mapped(let numbers): numbers.forget()
    case .coded(let codes, _): codes.forget()
    case .bytes, .shorts, .integers, .doubles, .scaled, .sparse, .packed: break
    }
  }
}
