/// Real numbers or times as whole numbers of a unit, in half of the space.
struct CompactNumbers {
  let room: Room
  let storage: ColumnBuilder.Storage

  /// Returns nil unless one unit fits all of the `rowCount` numbers.
  init?(_ numbers: UnsafePointer<Double>, rowCount: Int, isTime: Bool) {
    let units =
      isTime
      ? [ScaledNumbers.Unit.day, .second] : (0...ScaledNumbers.Unit.maximumPlaces).map(ScaledNumbers.Unit.places)
    let room = Room(byteCount: rowCount * MemoryLayout<Int32>.stride)
    let counts = room.start.bindMemory(to: Int32.self, capacity: rowCount)
    guard let unit = units.first(where: { $0.count(numbers, rowCount, into: counts) }) else { return nil }
    self.room = room
    storage = .scaled(counts, unit)
  }
}
