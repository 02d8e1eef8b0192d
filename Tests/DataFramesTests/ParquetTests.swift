import DataFrames
import Foundation
import TestSupport
import Testing

/// The files of `Tests/Support/tables/parquet` and the values that they hold, both from its `write.py`.
struct ParquetExpectations: Decodable {
  struct File: Decodable {
    let file: String
    let table: String
    let warnings: [String]
  }

  struct Column: Decodable {
    let name: String
    let type: String
    let values: [Value]
  }

  enum Value: Decodable, Equatable {
    case missing
    case number(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .missing
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  let tables: [String: [Column]]
  let files: [File]

  static let folder = "\(Repository.support)/tables/parquet"

  static func read() throws -> ParquetExpectations {
    try JSONDecoder().decode(Self.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/expected.json")))
  }
}

@Suite("Parquet")
struct ParquetTests {
  private let folder = TemporaryFolder()

  private func path(_ name: String) -> String { "\(ParquetExpectations.folder)/\(name)" }

  private func read(_ name: String, _ change: (inout ReadOptions) -> Void = { _ in }) throws -> Frame {
    var options = ReadOptions()
    change(&options)
    return try FrameReader.read(path(name), name: "t", options: options)
  }

  private func values(_ column: Column) -> [ParquetExpectations.Value] {
    (0..<column.rowCount).map { row in
      if column.missing.contains(row) { return .missing }
      return column.isNumeric ? .number(column.number(at: row)) : column.text(at: row).map { .text($0) } ?? .missing
    }
  }

  private func error(_ bytes: [UInt8], _ change: (inout ReadOptions) -> Void = { _ in }) throws -> FrameError? {
    let path = "\(folder.path)/\(UUID().uuidString).parquet"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    var options = ReadOptions()
    change(&options)
    do throws(FrameError) {
      _ = try FrameReader.read(path, name: "t", options: options)
      return nil
    } catch {
      return error
    }
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  @Test("files of pyarrow, polars and DuckDB hold the values that were written, in every codec and encoding")
  func writtenValues() throws {
    let expected = try ParquetExpectations.read()
    #expect(expected.files.count > 30)
    for file in expected.files {
      let columns = try #require(expected.tables[file.table])
      for threads in [1, 3] {
        let frame = try read(file.file) { $0.threads = threads }
        #expect(frame.columns.map(\.name) == columns.map(\.name), "\(file.file)")
        for (column, wanted) in zip(frame.columns, columns) {
          #expect(values(column) == wanted.values, "\(file.file), \(column.name)")
          #expect(column.typeName == wanted.type, "\(file.file), \(column.name)")
        }
        #expect(frame.warnings == file.warnings.map { "'t': \($0)" }, "\(file.file)")
        #expect(frame.layout == TableLayout(format: .parquet, hasHeader: true))
      }
      let estimate = try FrameEstimate.of([(path(file.file), "t")], options: ReadOptions())
      #expect(estimate.rowCount == Double(columns[0].values.count), "\(file.file)")
      #expect(estimate.columns.map(\.name) == columns.map(\.name), "\(file.file)")
    }
  }

  @Test("rows in pieces are the rows of the whole, with the types and columns of a model")
  func pieces() throws {
    let whole = try read("arrow-groups.parquet")
    var options = ReadOptions()
    options.knownTypes = ["i32": .number, "text": .categorical, "moment": .time]
    options.onlyColumns = Set(options.knownTypes.keys)
    let stream = try FrameStream(path("arrow-groups.parquet"), name: "t", options: options)
    var (rows, numbers) = (0, [Double]())
    while let piece = try stream.next() {
      #expect(piece.columns.map(\.name) == ["i32", "text", "moment"])
      rows += piece.rowCount
      numbers += (0..<piece.rowCount).map { piece.columns[0].number(at: $0) }
    }
    #expect(rows == 40)
    let column = try #require(whole.column(named: "i32"))
    #expect(numbers.map(\.description) == (0..<40).map { column.number(at: $0).description })
  }

  @Test("a job's types win over those of the file")
  func declaredTypes() throws {
    let frame = try read("arrow-required.parquet") { options in
      options.columnTypes = [
        "i8": .categorical, "u64": .categorical, "f32": .categorical, "date": .categorical, "moment": .categorical,
        "flag": .number, "text": .text,
      ]
      options.onlyColumns = Set(options.columnTypes.keys)
    }
    func texts(_ name: String) -> [String?] { (0..<3).map { row in frame.column(named: name)?.text(at: row) } }
    #expect(texts("i8") == ["-120", "-114", "-108"])
    #expect(frame.column(named: "i8")?.levels?.first == "-120")
    #expect(texts("u64") == ["0", "10000000000000", "20000000000000"])
    #expect(texts("f32") == ["-3", "-2.75", "-2.5"])
    #expect(texts("date") == ["1945-05-12", "1948-02-03", "1950-10-27"])
    #expect(texts("moment") == ["1969-12-30 05:00:00", "1969-12-30 10:00:00.007", "1969-12-30 15:00:00.014"])
    #expect(frame.column(named: "flag")?.number(at: 0) == 1)
    #expect(frame.column(named: "flag")?.typeName == "int")
    #expect(texts("text") == ["red", "green", "blue"])
    #expect(frame.column(named: "text")?.holdsText == true)
    #expect(frame.typeReasons["flag"] == "declared in column_types; the file declares BOOLEAN")
    #expect(try read("arrow-none.parquet").typeReasons["u8"] == "declared by the file as UINT_8")
  }

  @Test("texts that a job declares numbers are parsed, and misfits are refused by row")
  func parsedTexts() throws {
    let refusal = #expect(throws: FrameError.self) {
      try read("arrow-names.parquet") { $0.columnTypes = ["name": .number] }
    }
    #expect(refusal?.description.contains("'t':1: column 'name' should hold numbers, found 'name 0' (300 such") == true)
  }

  @Test("texts that spell numbers or dates stay levels, and the reason says how to read them")
  func spelledTexts() throws {
    let reasons = try read("arrow-texts.parquet").typeReasons
    #expect(
      reasons["number"]
        == "declared by the file as STRING; its texts are numbers, declare the column real in column_types to read them so"
    )
    #expect(reasons["day"]?.contains("declare the column time") == true)
    #expect(try read("arrow-none.parquet").typeReasons["text"] == "declared by the file as STRING")
  }

  @Test("levels packed from the highest bit and LZ4 in frames of Hadoop, as old programs wrote them")
  func oldPrograms() throws {
    for name in ["old-bit-packed.parquet", "old-lz4-hadoop.parquet"] {
      let frame = try read(name)
      let numbers = (0..<21).map { row -> Double? in row % 5 == 2 ? nil : Double(row * 1000 - 7) }
      let words = (0..<21).map { row -> String? in ["red", "green", "größer"][row % 3] }
      #expect(frame.columns[0].numbers == numbers && frame.columns[1].words == words, "\(name)")
    }
  }

  @Test("na_strings make texts and numbers missing; without them only nulls are")
  func missingWords() throws {
    let plain = try read("arrow-required.parquet")
    #expect(plain.column(named: "text")?.levels == ["", "blue", "green", "größer", "red"])
    let frame = try read("arrow-required.parquet") { $0.missingWords = ["", "red", "-120"] }
    #expect(frame.column(named: "text")?.levels == ["blue", "green", "größer"])
    #expect(frame.column(named: "text")?.missing.count == 16)
    #expect(frame.column(named: "i8")?.missing.count == 1)
  }

  @Test("files of a folder form one table, with levels of all of them")
  func folders() throws {
    for (index, name) in ["arrow-none.parquet", "arrow-required.parquet"].enumerated() {
      let options = index == 0 ? "1" : "2"
      try FileManager.default.copyItem(atPath: path(name), toPath: "\(folder.path)/\(options).parquet")
    }
    var options = ReadOptions()
    options.onlyColumns = ["i16", "text", "flag"]
    let frame = try FrameReader.read(folder.path, name: "t", options: options)
    #expect(frame.rowCount == 80)
    #expect(frame.column(named: "text")?.levels == ["", "blue", "green", "größer", "red"])
    #expect(frame.column(named: "i16")?.number(at: 40) == -30000)
    let estimate = try FrameEstimate.of([(folder.path, "t")], options: options)
    #expect(estimate.rowCount == 80)
  }

  @Test("a file that is cut off or changed anywhere ends in an error or in a table, never in a crash")
  func damagedFiles() throws {
    let whole = try bytes("arrow-zstd.parquet")
    for count in stride(from: 101, to: whole.count, by: 97) {
      #expect(try error(Array(whole[..<count])) != nil)
    }
    for name in ["arrow-delta-v2.parquet", "duckdb-v2-snappy.parquet"] {
      let whole = try bytes(name)
      for position in stride(from: 4, to: whole.count - 8, by: 41) {
        var changed = whole
        changed[position] ^= 0xFF
        _ = try error(changed) { $0.maximumBytes = 1 << 24 }
      }
    }
  }

  @Test("checksums of pages are compared")
  func checksums() throws {
    let whole = try bytes("arrow-plain.parquet")
    let messages = try (20..<120).compactMap { position in
      var changed = whole
      changed[position] ^= 1
      return try error(changed)?.description
    }
    // The others are changes of the headers of pages.
    #expect(messages.count { $0.contains("the checksum of a page does not match (page at byte 4)") } > 10)
  }

  @Test("encrypted and too large files are refused by name")
  func refusals() throws {
    var encrypted = try bytes("arrow-none.parquet")
    encrypted.replaceSubrange(encrypted.count - 4..<encrypted.count, with: Array("PARE".utf8))
    #expect(
      try error(encrypted)?.description
        == "cannot read 't': the file is encrypted, which is not supported; write the table without encryption")
    #expect(
      try error(bytes("arrow-none.parquet")) { $0.maximumBytes = 1000 } == .tooLarge(path: "t", limitBytes: 1000))
  }
}
