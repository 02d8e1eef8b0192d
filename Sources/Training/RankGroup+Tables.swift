internal import DataFrames
internal import Models

extension RankGroup {
  /// A table without its columns.
  private struct FrameForm: Codable {
    let path: String
    let isOpenEnded: Bool
    let warnings: [String]
    let columnCount: Int
  }

  /// Returns the table of rank 0 on all ranks; other ranks pass nil, and receive what training needs.
  func shared(_ frame: Frame?) throws -> Frame {
    let own = try frame.map {
      try JSONCoding.encode(
        FrameForm(
          path: $0.path, isOpenEnded: $0.isOpenEnded, warnings: $0.warnings, columnCount: $0.columns.count))
    }
    let form = try JSONCoding.decode(FrameForm.self, from: shared(own ?? []))
    // Rank 0 takes one column apart at a time.
    let columns = try (0..<form.columnCount).map { try shared(frame?.columns[$0]) }
    return frame
      ?? Frame(path: form.path, columns: columns, warnings: form.warnings, isOpenEnded: form.isOpenEnded)
  }

  private func shared(_ column: Column?) throws -> Column {
    let own = column.map(DetachedColumn.init)
    let form = try shared(own.map { try JSONCoding.encode($0.form) } ?? [])
    let parts = (0..<DetachedColumn.partCount).map { shared(own?.parts[$0] ?? []) }
    return try column
      ?? DetachedColumn(form: JSONCoding.decode(DetachedColumn.Form.self, from: form), parts: parts).column
  }
}
