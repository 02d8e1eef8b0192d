import Exports
import Testing

@Suite("Zip archives in memory")
struct ZipArchiveTests {
  private static let entries: [(name: String, bytes: [UInt8])] = [
    ("model.ini", Array("[info]\n".utf8)), ("domains/d000.txt", Array(repeating: 7, count: 70_000)), ("empty", []),
  ]

  @Test("round trip")
  func roundTrip() throws {
    let read = try ZipArchive.entries(try ZipArchive.bytes(Self.entries), maximumBytes: 1 << 20)
    #expect(read.count == Self.entries.count)
    for (name, bytes) in Self.entries { #expect(read[name] == bytes, "\(name)") }
  }

  @Test("the same entries give the same bytes")
  func deterministic() throws {
    #expect(try ZipArchive.bytes(Self.entries) == ZipArchive.bytes(Self.entries))
  }

  @Test("archives that unpack to more than the limit are refused, even if they are small")
  func limit() throws {
    let bytes = try ZipArchive.bytes(Self.entries)
    #expect(bytes.count < 70_000)
    #expect(throws: ExportError.tooLarge(limitBytes: 70_006)) { try ZipArchive.entries(bytes, maximumBytes: 70_006) }
    #expect(throws: Never.self) { try ZipArchive.entries(bytes, maximumBytes: 70_007) }
  }

  @Test("bytes that are not an archive are refused")
  func foreign() {
    #expect(throws: ExportError.self) { try ZipArchive.entries(Array("no archive".utf8), maximumBytes: 100) }
  }
}
