/// The formats of tables: the list that a new format joins.
///
/// A format is recognised by content, never by the name of its file. The first that matches wins.
enum TableFormats {
  /// Formats that are recognised by the bytes of the file, before those of text.
  private static let stored: [any StoredTable.Type] = [ParquetTable.self, WorkbookTable.self]

  /// Formats of lines of text, recognised by their text once it is unpacked.
  ///
  /// Other text is of a foreign format or CSV.
  private static let text: [any TextFormat.Type] = [ARFFHeader.self, SVMLightShape.self]

  /// Opens the table in the file at `path`, which messages call `name`.
  ///
  /// - `takesPipes`: True to accept pipes too, and `-` for standard input.
  static func open(
    _ path: String, name: String, options: ReadOptions, takesPipes: Bool = false
  ) throws(FrameError) -> any StoredTable {
    let file = try TableFile(path, name: name, opener: options.opener, takesPipes: takesPipes)
    if let format = stored.first(where: { $0.recognises(file) }) { return try format.init(file, options: options) }
    if let refusal = CompoundFile.refusal(file) { throw refusal }
    if let refusal = ForeignFormat.refusal(of: file.head, path: name) { throw refusal }
    return try TextTable(file, options: options)
  }

  /// Recognises the format of a text.
  ///
  /// - Throws: ``FrameError`` for text of another format, such as JSON.
  static func text(_ beginning: TextBeginning) throws(FrameError) -> any TextFormat {
    if let format = text.first(where: { $0.recognises(beginning) }) { return try format.init(beginning) }
    // A stated separator makes any text a table, and H2O's rules do.
    let options = beginning.options
    if options.separator == nil, options.rules.types == .byEvidence,
      let refusal = ForeignText.refusal(of: beginning.bytes, path: beginning.path)
    {
      throw refusal
    }
    return try CSVDialect(beginning)
  }
}
