internal import DataFrames
internal import JobFiles

extension NamedFiles {
  /// Reads a table that a job names.
  func read(_ table: TableNames, options: ReadOptions) throws -> Frame {
    try FrameReader.read(table.names.map { (path: try frame($0), name: $0) }, options: options)
  }
}

extension ReadOptions {
  /// Takes from a training table what its validation table is read with.
  mutating func adopt(_ training: Frame) {
    knownTypes = training.typesOfWords
    if let notation = training.layout?.notation { adopt(notation, of: "the training table") }
  }
}

extension Frame {
  /// The types that the columns of a validation table take from this training table.
  ///
  /// Categorical and text columns keep their type there, even if their values are all numeric or
  /// rarely repeat. Numeric columns that have words there are reported when the rows are encoded.
  var typesOfWords: [String: ColumnType] { types.filter { $0.value == .categorical || $0.value == .text } }
}
