package import DurableFiles
internal import FoundationEssentials
package import Models

/// The rows of a training table that were held out from a model.
///
/// A job that continues the model holds out the same rows.
package struct HeldOutRows: Sendable, Equatable {
  private static let maximumBytes = 1 << 30
  private static let maximumRows = Int(Int32.max)

  /// The number of rows in the whole table.
  package let rowCount: Int
  /// The row numbers, ascending.
  package let rows: [Int]
  /// The checksum of the content of these rows.
  package let content: UInt64

  package init(rowCount: Int, rows: [Int], content: UInt64) {
    self.rowCount = rowCount
    self.rows = rows
    self.content = content
  }

  private struct Document: Codable {
    let rowCount: Int
    let heldOut: Int
    /// Base64; bit 0 of byte 0 is row 0.
    let bits: Data
    let content: String

    enum CodingKeys: String, CodingKey {
      case bits, content
      case rowCount = "rows"
      case heldOut = "held_out"
    }
  }

  package func bytes() throws -> [UInt8] {
    var bits = Data(count: (rowCount + 7) / 8)
    for row in rows { bits[row / 8] |= 1 << UInt8(row % 8) }
    return try JSONCoding.encode(
      Document(rowCount: rowCount, heldOut: rows.count, bits: bits, content: String(content, radix: 16)))
  }

  /// - Throws: ``SealedFileError/damaged`` for a file that ``bytes()`` did not write.
  package init(bytes: [UInt8]) throws(SealedFileError) {
    let document = try JSONCoding.decode(Document.self, from: bytes)
    guard (0...Self.maximumRows).contains(document.rowCount), document.bits.count == (document.rowCount + 7) / 8,
      let content = UInt64(document.content, radix: 16)
    else { throw .damaged }
    let bits = [UInt8](document.bits)
    rows = (0..<document.rowCount).filter { bits[$0 / 8] >> UInt8($0 % 8) & 1 == 1 }
    guard rows.count == document.heldOut else { throw .damaged }
    rowCount = document.rowCount
    self.content = content
  }

  /// Reads the held-out rows of a finished model; nil if its folder has none.
  package static func read(_ folder: String, fileSystem: FileSystem) -> HeldOutRows? {
    (try? fileSystem.read("\(folder)/\(ResultFolderLayout.heldOutRowsFile)", limit: maximumBytes)).flatMap {
      try? HeldOutRows(bytes: $0)
    }
  }
}
