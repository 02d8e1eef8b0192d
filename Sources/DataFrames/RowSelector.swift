/// Encodes any rows of a table, each as it would be encoded with the whole table.
package struct RowSelector: Sendable {
  /// The memory that a part of the rows may take, with the values from which it is encoded.
  private static let partBytes = 1 << 25
  /// The memory of a value, and of the input that it becomes.
  private static let bytesPerValue = 16
  private static let fewestRows = 256

  /// The columns that the encoding uses.
  private let frame: Frame
  private let encoder: RowEncoder
  /// The number of rows that are encoded together where there are many.
  package let rowsPerPart: Int

  /// - Parameters:
  ///   - frame: The table; not one of a sparse format.
  ///   - encoder: The encoder of whole tables.
  package init(_ frame: Frame, _ encoder: RowEncoder) {
    let encoding = encoder.encoding
    let names = Set(
      encoding.sources.map(\.name) + [encoding.response.name, encoding.weights, encoding.offset].compactMap(\.self))
    self.frame = frame.with(frame.columns.filter { names.contains($0.name) })
    self.encoder = encoder.settled(by: frame)
    rowsPerPart = max(Self.fewestRows, Self.partBytes / (Self.bytesPerValue * max(1, self.frame.columns.count)))
  }

  package var rowCount: Int { frame.rowCount }

  /// Returns the rows with the given indexes, in that order.
  ///
  /// - Throws: ``FrameError``, for any rows or none, if the table does not fit the model.
  package func rows(_ selection: some Collection<Int>) throws(FrameError) -> EncodedRows {
    try encoder.encode(frame.selecting(Array(selection))).rows
  }
}
