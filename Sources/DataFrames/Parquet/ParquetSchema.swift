/// The columns of a Parquet file.
struct ParquetSchema {
  let columns: [ParquetColumn]
  /// The names of columns of lists, maps or groups, which a table cannot hold.
  private(set) var nested: [String] = []
  /// The columns whose meaning is not read, with the names of their types.
  private(set) var foreign: [(name: String, type: String)] = []
  /// The number of chunks of each row group.
  let leafCount: Int

  init(_ elements: [ParquetFooter.SchemaElement]) throws(ParquetFault) {
    guard let root = elements.first else { throw .damaged("the file has no schema") }
    var columns: [ParquetColumn] = []
    var (position, leaves) = (1, 0)
    for _ in 0..<root.childCount {
      guard position < elements.count else { throw .damaged("the schema ends too early") }
      let element = elements[position]
      let first = leaves
      try Self.skip(elements, &position, &leaves)
      guard element.type != nil, element.repetition != .repeated else {
        nested.append(element.name)
        continue
      }
      if let column = try ParquetColumn(element, index: first) {
        columns.append(column)
      } else {
        foreign.append((element.name, element.logical?.name ?? "bytes"))
      }
    }
    guard position == elements.count else {
      throw .damaged("the schema has columns outside its root")
    }
    self.columns = columns
    leafCount = leaves
  }

  /// Moves `position` behind the node and its children, and counts its leaves.
  private static func skip(
    _ elements: [ParquetFooter.SchemaElement], _ position: inout Int, _ leaves: inout Int
  ) throws(ParquetFault) {
    var pending = 1
    while pending > 0 {
      guard position < elements.count else { throw .damaged("the schema ends too early") }
      let element = elements[position]
      position += 1
      pending -= 1
      if element.type != nil {
        leaves += 1
      } else {
        guard element.childCount <= elements.count else {
          throw .damaged("the schema ends too early")
        }
        pending += element.childCount
      }
    }
  }
}
