extension TableLayout.Format {
  package static let parquet = TableLayout.Format(name: "parquet", columnNames: .stated)
}

/// A table in a Parquet file, whose row groups several threads read.
///
/// The types that the file declares are kept, unless the job declares others. Columns of lists, maps
/// and groups are left out with a warning.
final class ParquetTable: StoredTable {
  /// Row groups are delivered together up to this number of rows.
  private static let rowsPerPiece = 1 << 16

  private let parquet: ParquetFile
  private let options: ReadOptions
  /// The columns that are read, by the names that the table gives them.
  private let columns: [NamedColumn]
  private let unreadNames: [String]
  private let warnings: [String]
  /// The first row group that ``nextRows()`` has not delivered.
  private var nextGroup = 0

  struct NamedColumn {
    let name: String
    let column: ParquetColumn
  }

  static func recognises(_ file: TableFile) -> Bool { ParquetFile.recognises(file) }

  init(_ file: TableFile, options: ReadOptions) throws(FrameError) {
    self.options = options
    do throws(ParquetFault) {
      parquet = try ParquetFile(file)
    } catch {
      throw error.error(in: file, at: nil, options: options)
    }
    let names = try ParquetNames(parquet.schema, path: file.name, options: options)
    columns = names.columns.filter { options.kind(of: $0.name) != .skipped }
    unreadNames = names.columns.map(\.name).filter { options.kind(of: $0) == .skipped }
    warnings = names.warnings
    guard !names.columns.isEmpty else {
      throw .unusable(
        path: file.name, problem: "none of its columns holds single values; unnest them first")
    }
  }

  func frame() throws(FrameError) -> Frame {
    try frame(0..<parquet.footer.groups.count, limit: options.maximumBytes)
  }

  func nextRows() throws(FrameError) -> Frame? {
    let groups = parquet.footer.groups
    guard nextGroup < max(1, groups.count) else { return nil }
    let first = nextGroup
    var rows = 0
    repeat {
      rows += nextGroup < groups.count ? groups[nextGroup].rowCount : 0
      nextGroup += 1
    } while nextGroup < groups.count && rows + groups[nextGroup].rowCount <= Self.rowsPerPiece
    return try frame(first..<min(nextGroup, groups.count), limit: .max)
  }

  func outline() throws(FrameError) -> TableOutline {
    let outline = ParquetOutline(parquet: parquet, columns: columns, options: options)
    return TableOutline(
      rowCount: Double(parquet.footer.rowCount), fileBytes: parquet.file.byteCount,
      columns: outline.columns)
  }

  private func frame(_ groups: Range<Int>, limit: Int) throws(FrameError) -> Frame {
    do throws(ParquetFault) {
      try parquet.checkSize(of: columns.map(\.column), groups: groups, limit: limit)
    } catch {
      throw error.error(in: parquet.file, at: nil, options: options)
    }
    let assembly = ParquetAssembly(parquet: parquet, options: options, limit: limit)
    let parts = try assembly.columns(columns, groups: groups)
    var layout = TableLayout(format: .parquet, hasHeader: true)
    if options.rules.types == .byEvidence { layout.notation = TableNotation(stated: options) }
    return Frame(
      path: parquet.file.name, columns: parts.map(\.column),
      warnings: warnings + parts.flatMap(\.warnings),
      layout: layout,
      typeReasons: Dictionary(
        zip(columns, parts).map { ($0.name, $1.reason) }, uniquingKeysWith: { first, _ in first }),
      unreadNames: unreadNames)
  }
}
