/// Where the row of an entry of the row order lies among the rows of this process.
struct RowPlaces: Sendable {
  /// The number of rows by which epochs move the entries.
  private let rowCount: Int
  /// The number of the first row that this process has.
  private let first: Int
  /// The places by number; nil if rows lie in the order of their numbers.
  private let places: [Int32]?

  /// The places of a process that has the rows from `first` on, in the order of their numbers.
  init(rowCount: Int, first: Int = 0) {
    self.rowCount = rowCount
    self.first = first
    places = nil
  }

  /// The places of a process that has all rows, whose numbers are those of a ``RowDeal``.
  init(rowCount: Int, dealt places: [Int32]) {
    self.rowCount = rowCount
    first = 0
    self.places = places
  }

  /// Returns the place of the row of an entry.
  func row(of entry: Int) -> Int {
    let number = entry % rowCount - first
    return places.map { Int($0[number]) } ?? number
  }
}
