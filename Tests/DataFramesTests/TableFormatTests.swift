import DataFrames
import Foundation
import TestSupport
import Testing

@Suite("Formats are recognised by content")
struct TableFormatTests {
  private let folder = TemporaryFolder()

  private func path(_ bytes: [UInt8]) throws -> String {
    let path = "\(folder.path)/\(UUID().uuidString)"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func refusal(_ bytes: [UInt8]) throws -> String {
    let path = try path(bytes)
    let readers: [() throws -> Void] = [
      { _ = try FrameReader.read(path, name: "t", options: ReadOptions()) },
      { _ = try FrameStream(path, name: "t", options: ReadOptions()).next() },
      { _ = try FrameEstimate.of([(path, "t")], options: ReadOptions()) },
    ]
    let sentences = readers.map { read in
      (#expect(throws: FrameError.self) { try read() })?.description ?? ""
    }
    #expect(Set(sentences).count == 1)
    return sentences[0]
  }

  @Test("a foreign binary format is named, with what to do")
  func foreignFormats() throws {
    let zeros: [UInt8] = [0, 1, 2, 3, 0, 0, 0, 0]
    #expect(
      try refusal(Array("ARROW1\0\0".utf8) + zeros)
        == "'t' is an Arrow (Feather) file, which is not supported; convert it to Parquet or CSV, for example with "
        + "pandas: read_feather, then to_parquet")
    #expect(try refusal(Array("FEA1".utf8) + zeros).contains("a Feather file of version 1"))
    #expect(try refusal(Array("ORC".utf8) + zeros).contains("an ORC file"))
    #expect(try refusal([0x89] + Array("HDF\r\n\u{1A}\n".utf8) + zeros).contains("an HDF5 file"))
    #expect(try refusal(Array("SQLite format 3\0".utf8) + zeros).contains("an SQLite database"))
    #expect(try refusal([0x80, 4, 0x95] + zeros).contains("a Python pickle"))
    #expect(try refusal([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + zeros).contains("an Excel workbook"))
    #expect(try refusal([0x93] + Array("NUMPY\u{1}\0".utf8) + zeros).contains("a NumPy array"))
    #expect(try refusal([0, 1, 2, 3]).contains("zero byte at offset 0"))
  }

  @Test("text that begins like a binary format is a table")
  func textIsNotRefused() throws {
    for name in ["ORC", "ARROW1", "FEA1", "PAR1"] {
      let path = try path(Array("\(name),b\n1,2\n3,4\n".utf8))
      let frame = try FrameReader.read(path, options: ReadOptions())
      #expect(frame.columns.map(\.name) == [name, "b"])
      #expect(frame.columns[0].number(at: 1) == 3)
    }
  }

  @Test("a table keeps the layout of its file")
  func layouts() throws {
    func layout(_ text: String) throws -> TableLayout? {
      try FrameReader.read(try path(Array(text.utf8)), options: ReadOptions()).layout
    }
    let csv = try layout("a;b\n1;2\n")
    #expect(csv?.format == .csv)
    #expect(csv?.separator == ";")
    #expect(csv?.hasHeader == true)
    #expect(try layout("@relation r\n@attribute a numeric\n@data\n1\n")?.format == .arff)
    #expect(try layout("1 1:2\n0 2:3\n")?.format == .svmlight)
  }

  @Test("the whole, the pieces and the estimate of a text agree")
  func readersAgree() throws {
    let path = try path(Array(("a,b\n" + (0..<1000).map { "\($0),x\($0 % 3)\n" }.joined()).utf8))
    let frame = try FrameReader.read(path, options: ReadOptions())
    #expect(frame.rowCount == 1000)
    var options = ReadOptions()
    options.knownTypes = frame.types
    let piece = try #require(try FrameStream(path, name: "t", options: options).next())
    #expect(piece.rowCount == 1000)
    #expect(piece.columns[0].number(at: 999) == 999)
    let estimate = try FrameEstimate.of([(path, "t")], options: ReadOptions())
    #expect(estimate.rowCount == 1000)
    #expect(
      estimate.columns.map(\.kind) == [.number(isByte: false), .categorical(levelCount: 3)])
  }
}
