import DataFrames
import Foundation
import Testing

@Suite("Encodings of text")
struct EncodingTests {
  private func utf16(_ text: String, isBigEndian: Bool, hasMark: Bool) -> [UInt8] {
    ((hasMark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit -> [UInt8] in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return isBigEndian ? [high, low] : [low, high]
    }
  }

  @Test("UTF-16 is read, with and without a byte order mark", arguments: [false, true], [false, true])
  func utf16(isBigEndian: Bool, hasMark: Bool) throws {
    let text = "name;größe\r\nÅsa;1\r\n价格 €;2\r\n😀;3\r\n"
    let frame = try Tables.read(utf16(text, isBigEndian: isBigEndian, hasMark: hasMark))
    #expect(Tables.content(frame) == "name=Åsa,价格 €,😀 größe=1,2,3")
    #expect(frame.layout?.encoding == (isBigEndian ? .utf16BigEndian : .utf16LittleEndian))
    #expect(frame.layout?.separator == ";")
  }

  @Test("a long text of UTF-16 is converted piece by piece")
  func longText() throws {
    let rows = (0..<50_000).map { "é😀\($0 % 7)\t\($0)\n" }.joined()
    let frame = try Tables.read(utf16("a\tb\n" + rows, isBigEndian: false, hasMark: true))
    #expect(frame.rowCount == 50_000)
    #expect(frame.columns[0].levels?.count == 7)
    #expect(frame.columns[0].text(at: 49_999) == "é😀5")
    #expect(frame.columns[1].number(at: 49_999) == 49_999)
    let late = try Tables.read(
      utf16("a\n" + String(repeating: "1\n", count: 20_000) + "x\n", isBigEndian: true, hasMark: false))
    #expect(late.rowCount == 20_001)
  }

  @Test("half of a pair, or of a unit, becomes the replacement character")
  func damagedUnits() throws {
    let bytes =
      utf16("a,b\nx", isBigEndian: false, hasMark: true) + [0x00, 0xD8]
      + utf16(",1\n", isBigEndian: false, hasMark: false)
    #expect(try Tables.content(bytes) == "a=x\u{FFFD} b=1")
    #expect(try Tables.content(utf16("a\n1\nx", isBigEndian: false, hasMark: true) + [0x79]) == "a=1,x\u{FFFD}")
  }

  @Test("a byte order mark of UTF-8 is no part of the first name")
  func byteOrderMark() throws {
    for text in ["a,b\n1,2\n", "\"a\",b\n1,2\n", "a;b\n1;2\n"] {
      #expect(try Tables.content("\u{FEFF}" + text) == "a=1 b=2")
    }
  }

  @Test("bytes that are not UTF-8 are windows-1252")
  func windows1252() throws {
    let frame = try Tables.read(
      Array("a,b\n".utf8) + [0x80, 0x2C, 0x31, 0x0A, 0xE9, 0x20, 0x93, 0x94, 0x2C, 0x32, 0x0A])
    #expect(Tables.content(frame) == "a=€,é “” b=1,2")
    #expect(frame.layout?.encoding == .windows1252)
    #expect(try Tables.content([0x50, 0x72, 0x65, 0x69, 0x73, 0x20, 0x80, 0x0A, 0x35, 0x0A]) == "Preis €=5")
    #expect(try Tables.content([0x61, 0x0A, 0x8A, 0x9E, 0x0A, 0x99, 0x0A]) == "a=Šž,™")
    #expect(try Tables.read("a\né\n").layout?.encoding == .utf8)
    #expect(try Tables.read("a,b\n1,2\n").layout?.encoding == .utf8)
  }

  @Test("a zero byte is an error, wherever it stands")
  func zeroBytes() throws {
    for length in [0, 10, 100_000, 5_000_000] {
      let bytes = Array("a\n".utf8) + [UInt8](repeating: 0x31, count: 3).flatMap { [$0] } + [0x0A]
      let text = bytes + Array(repeating: [UInt8(ascii: "7"), 0x0A], count: length / 2).joined() + [0, 0x0A]
      #expect(Tables.refusal(text).contains("zero byte at offset \(text.count - 2)"), "\(length)")
    }
  }
}

extension Tables {
  static func content(_ bytes: [UInt8]) throws -> String { content(try read(bytes)) }
}
