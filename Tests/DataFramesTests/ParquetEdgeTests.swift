import DataFrames
import Foundation
import Testing

/// Files that pyarrow 26 wrote without compression, dictionaries and statistics.
@Suite("Parquet files at the edges")
struct ParquetEdgeTests {
  /// One column `u` of UINT64: 2^53 + 2, 5, 2^64 - 1.
  private static let unsigned =
    "UEFSMRUAFTwVPCwVBhUAFQYVBhwAAAACAAAABgECAAAAAAAgAAUAAAAAAAAA//////////8VBBksNQAYBnNjaGVtYRUCABUEJQIYAXUlHEysE0"
    + "ASAAAAFgYZHBkcJgAcFQQZJQYAGRgBdRUAFgYWYhZiJghJHBUAFQAVAgA8KQYZJgAGAAAAFmIWBiYIFmIAKCBwYXJxdWV0LWNwcC1hcnJvdyB2"
    + "ZXJzaW9uIDI2LjAuMRkcHAAAAIMAAABQQVIx"
  /// Two columns without rows.
  private static let empty =
    "UEFSMRUEGTw1ABgGc2NoZW1hFQQAFQIlAhgBdQAVDCUCGAFzJQBMHAAAABYAGRwZLCYAHBUCGRUGGRgBdRUAFgAWABYAJgBJDAAAJgAcFQwZFQ"
    + "YZGAFzFQAWABYAFgAmAEkMAAAWABYAJgAWAAAoIHBhcnF1ZXQtY3BwLWFycm93IHZlcnNpb24gMjYuMC4xGSwcAAAcAAAAlQAAAFBBUjE="

  private func bytes(_ base64: String) throws -> [UInt8] { [UInt8](try #require(Data(base64Encoded: base64))) }

  @Test("whole numbers of 64 bits without sign produce a warning if they are rounded")
  func unsigned() throws {
    let frame = try Tables.read(bytes(Self.unsigned))
    #expect(frame.columns[0].numbers == [9_007_199_254_740_994, 5, 18_446_744_073_709_551_616])
    #expect(
      frame.warnings == [
        "'t': column 'u': 2 whole numbers beyond 2^53 are rounded; if the column identifies rows, declare it enum in "
          + "column_types or skip it"
      ])
    let levels = try Tables.read(bytes(Self.unsigned)) { $0.columnTypes = ["u": .categorical] }
    #expect(levels.columns[0].words == ["9007199254740994", "5", "18446744073709551615"])
  }

  @Test("a file without rows is a table without rows")
  func noRows() throws {
    let frame = try Tables.read(bytes(Self.empty))
    #expect(frame.columns.map(\.name) == ["u", "s"] && frame.rowCount == 0)
  }
}
