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

  /// Words in several languages, in an encoding of older systems, where it has their letters.
  @Test(
    "letters of Macintosh and MS-DOS programs are recognised by the words that they make",
    arguments: [
      ("MacRoman", [0x4D, 0x9F, 0x6C, 0x6C, 0x65, 0x72], "Müller"), ("MacRoman", [0x4A, 0x6F, 0x73, 0x8E], "José"),
      ("MacRoman", [0x46, 0x72, 0x61, 0x6E, 0x8D, 0x6F, 0x69, 0x73], "François"),
      ("MacRoman", [0x64, 0x6F, 0x6E, 0xD5, 0x74], "don’t"),
      ("MacRoman", [0x80, 0x72, 0x67, 0x65, 0x72, 0x8A, 0x6E], "Ärgerän"),
      ("CP850", [0x4D, 0x81, 0x6C, 0x6C, 0x65, 0x72], "Müller"), ("CP850", [0x4A, 0x6F, 0x73, 0x82], "José"),
      ("CP850", [0x68, 0x94, 0x72, 0x65, 0x6E], "hören"),
      ("CP850", [0x46, 0x72, 0x61, 0x6E, 0x87, 0x6F, 0x69, 0x73, 0x20, 0x6E, 0x82], "François né"),
    ] as [(String, [UInt8], String)])
  func legacyEncodings(_ name: String, _ word: [UInt8], _ text: String) throws {
    let bytes = Array("a,b\n".utf8) + word + Array(",1\n".utf8) + word + Array(",2\nplain,3\n".utf8)
    let frame = try Tables.read(bytes)
    #expect(Tables.content(frame) == "a=\(text),\(text),plain b=1,2,3")
    #expect(frame.layout?.encoding?.rawValue == name)
    #expect(frame.warnings.contains { $0.contains("are read as \(name)") && $0.contains("save the file as UTF-8") })
    // H2O's rules take no other encoding.
    #expect(try Tables.read(bytes) { $0.rules.types = .byMajority }.layout?.encoding == .windows1252)
  }

  @Test("an encoding of older systems is recognised behind many lines of ASCII, and in a large table")
  func lateLegacyLetters() throws {
    let plain = String(repeating: "word,1\n", count: 60_000)
    let word: [UInt8] = [0x4D, 0x9F, 0x6C, 0x6C, 0x65, 0x72, 0x2C, 0x32, 0x0A]
    let frame = try Tables.read(Array("a,b\n\(plain)".utf8) + word + word + Array(plain.utf8) + word)
    #expect(frame.columns[0].levels == ["Müller", "word"])
    #expect(frame.columns[0].text(at: 120_002) == "Müller")
    #expect(frame.rowCount == 120_003)
  }

  @Test("a character of UTF-8 that the end of the sample cuts is not taken for another encoding", arguments: 0..<3)
  func cutCharacter(_ shift: Int) throws {
    // The only characters beyond ASCII in the first 64 KiB lie around their end.
    let filler = String(repeating: "a,1\n", count: 16_383) + String(repeating: "b", count: shift)
    let frame = try Tables.read(Array(("a,b\n" + filler + "漢字漢字,1\nMüller,2\n").utf8))
    #expect(frame.layout?.encoding == .utf8)
    #expect(frame.columns[0].levels?.contains("Müller") == true)
  }

  @Test("dashes of windows-1252 are missing among numbers, as those of UTF-8 are", arguments: [0x96, 0x97] as [UInt8])
  func westernDashes(_ dash: UInt8) throws {
    let bytes = Array("a,b\n1,M".utf8) + [0xFC] + Array("ller\n2,x\n".utf8) + [dash] + Array(",y\n".utf8)
    let frame = try Tables.read(bytes)
    #expect(frame.layout?.encoding == .windows1252)
    #expect(frame.columns[0].isNumeric && frame.columns[0].missing.contains(2))
  }

  @Test(
    "windows-1252 is not taken for an encoding of older systems",
    arguments: [
      "Müller,Größe,Ärger,GRÜN,Straße", "José,François,année,À propos,Œuvre,naïve", "don’t,it’s,we’re,“quoted”,‘so’",
      "word—word,1990–1995,wait…,Brand™,5 €,„zitiert“,«cité»", "Škoda,Žižka,žena", "año,España,¿qué?,¡sí!,corazón",
      "Ångström,smörgås,Ærø", "25 °C,3½,±5,10 µm,§ 5",
      "word\u{A0}word,10\u{A0}m,US£,m²,d´or,Zu\u{AD}cker,§a,n°1",
    ])
  func windowsWords(_ words: String) throws {
    let fields = words.split(separator: ",").map(String.init)
    var bytes = Array("a;b\n".utf8)
    for field in fields + fields {
      bytes += [UInt8](try #require(field.data(using: .windowsCP1252)))
      bytes += Array(";1\n".utf8)
    }
    let frame = try Tables.read(bytes)
    #expect((0..<fields.count).map { frame.columns[0].text(at: $0) } == fields)
    #expect(frame.layout?.encoding == .windows1252)
  }

  @Test("UTF-32 is refused by name", arguments: [String.Encoding.utf32, .utf32LittleEndian, .utf32BigEndian])
  func utf32(_ encoding: String.Encoding) throws {
    let bytes = Array(try #require("a,b\n1,x\n2,é\n".data(using: encoding)))
    #expect(
      Tables.refusal(bytes)
        == "'t' is a text in UTF-32, which is not supported; save it as UTF-8, for example with iconv -f UTF-32 -t UTF-8"
    )
  }

  @Test("a zero byte is an error, wherever it stands")
  func zeroBytes() throws {
    for length in [0, 10, 100_000, 5_000_000] {
      let bytes = Array("a\n".utf8) + [UInt8](repeating: 0x31, count: 3).flatMap { [$0] } + [0x0A]
      let text = bytes + Array(repeating: [UInt8(ascii: "7"), 0x0A], count: length / 2).joined() + [0, 0x0A]
      #expect(Tables.refusal(text).contains("zero byte at offset \(text.count - 2)"), "\(length)")
    }
  }

  @Test("UTF-16 that is cut off in its last line end reads as if it were whole")
  func cutUTF16() throws {
    for (encoding, mark) in [
      (String.Encoding.utf16LittleEndian, [0xFF, 0xFE]), (.utf16BigEndian, [0xFE, 0xFF] as [UInt8]),
    ] {
      let bytes = mark + Array(try #require("a;b\n1;2\n".data(using: encoding)))
      #expect(try Tables.content(Tables.read(Array(bytes.dropLast()))) == "a=1 b=2")
    }
  }

  @Test("letters that make no Western words produce a warning")
  func foreignLetters() throws {
    // Город;Цена in windows-1251, and 品名 in GBK.
    let cities: [[UInt8]] = [
      [0xCC, 0xEE, 0xF1, 0xEA, 0xE2, 0xE0], [0xCA, 0xE0, 0xE7, 0xE0, 0xED, 0xFC], [0xD2, 0xEE, 0xEC, 0xF1, 0xEA],
    ]
    let russian = Array("city;x\n".utf8) + cities.flatMap { $0 + Array(";1\n".utf8) }
    let chinese =
      Array("city;x\n".utf8) + (0..<4).flatMap { [0xC6, 0xB7, 0xC3, 0xFB, 0xB2 + $0, 0xE8] + Array(";1\n".utf8) }
    for bytes in [russian, chinese] {
      #expect(try Tables.read(bytes).warnings.contains { $0.contains("windows-1251, GBK or Shift JIS") })
    }
    let german = "Stadt;x\nKöln;1\nMünchen;2\nGöße;3\nŸ;4\n".replacing("Ÿ", with: "ÄÖ").unicodeScalars.map {
      UInt8($0.value)
    }
    #expect(try Tables.read(german).warnings.isEmpty)
  }
}

extension Tables {
  static func content(_ bytes: [UInt8]) throws -> String { content(try read(bytes)) }
}
