/// Numbers in a ``ScratchFile``.
///
/// `@unchecked Sendable`: they are only read.
struct MappedValues<Number: BitwiseCopyable & Equatable>: @unchecked Sendable, Equatable {
  let file: ScratchFile
  private let numbers: UnsafeBufferPointer<Number>

  /// - `start`: The first number, in memory that `file` maps.
  init(_ start: UnsafePointer<Number>, count: Int, of file: ScratchFile) {
    self.file = file
    numbers = UnsafeBufferPointer(start: start, count: count)
  }

  var count: Int { numbers.count }

  subscript(row: Int) -> Number { numbers[row] }

  /// Calls `body` with all numbers, for a look at each of them; their pages are given back afterwards.
  @inline(__always)
  func withAll<Result>(_ body: (UnsafeBufferPointer<Number>) -> Result) -> Result {
    defer { forget() }
    return body(numbers)
  }

  /// A copy in memory.
  var array: [Number] { withAll { Array($0) } }

  func selecting(_ rows: [Int]) -> [Number] { withAll { numbers in rows.map { numbers[$0] } } }

  /// Gives the pages of the numbers back, which are mapped again when they are read.
  func forget() { file.forget(UnsafeRawBufferPointer(numbers)) }

  static func == (a: MappedValues, b: MappedValues) -> Bool { a.numbers.elementsEqual(b.numbers) }
}
