import DataFrames
import Testing

@Suite("The notation of a table, known from another one")
struct KnownNotationTests {
  /// 2024-02-01 and 2024-01-02 in milliseconds since 1970.
  private static let february = 1_706_745_600_000.0
  private static let january = 1_704_153_600_000.0

  /// Reads `text` with the notation that reading `training` settled.
  private func read(
    _ text: String, like training: String, _ change: (inout ReadOptions) -> Void = { _ in }
  ) throws -> Frame {
    let notation = try #require(try readTable(training).layout?.notation)
    return try readTable(text) { options in
      change(&options)
      options.adopt(notation, of: "the training table")
    }
  }

  @Test("dates that fit both orders have the order of the training table")
  func order() throws {
    let training = "a,b\n24/12/2024,1\n01/02/2024,2\n"
    let table = try read("a,b\n01/02/2024,1\n", like: training)
    #expect(table.columns[0].numbers == [Self.february])
    #expect(table.warnings.isEmpty)
    #expect(try readTable("a,b\n01/02/2024,1\n").columns[0].numbers == [Self.january])
  }

  @Test("dates that fit only the other order are read so, with a warning that names column and key")
  func otherOrder() throws {
    let table = try read("a,b\n12/24/2024,1\n01/02/2024,2\n", like: "a,b\n24/12/2024,1\n")
    #expect(table.columns[0].numbers == [1_734_998_400_000, Self.january])
    #expect(
      table.warnings == [
        "'x.csv': column 'a': dates such as '12/24/2024' in line 2 are read month first, unlike those of the training "
          + "table, which are day first; state date_format: dd/MM/yyyy if that is wrong"
      ])
  }

  @Test("a date of the other order far below changes the reading of the whole column")
  func lateOtherOrder() throws {
    let early = (0..<3000).map { "0\($0 % 9 + 1)/02/2024,1\n" }.joined()
    let table = try read("a,b\n" + early + "12/24/2024,1\n", like: "a,b\n24/12/2024,1\n")
    #expect(table.columns[0].number(at: 0) == Self.january)
    #expect(table.columns[0].missing.isEmpty)
    #expect(table.warnings.count == 1)
  }

  @Test("where as many dates fit only one order as the other, that of the training table stays")
  func evenOrders() throws {
    let fields = (0..<50).map { _ in "01/02/2024,1\n" }.joined()
    let table = try read("a,b\n24/12/2024,1\n12/24/2024,1\n" + fields, like: "a,b\n24/12/2024,1\n")
    #expect(table.columns[0].number(at: 2) == Self.february)
  }

  @Test("a column of dates that fits both orders follows its neighbours where they contradict the training table")
  func neighbours() throws {
    let table = try read("a,b\n01/02/2024,12/24/2024\n", like: "a,b\n24/12/2024,25/12/2024\n")
    #expect(table.columns[0].numbers == [Self.january])
    #expect(table.warnings.count == 2)
  }

  @Test("the comma in 1,234 has the meaning that it has in the training table")
  func decimalMark() throws {
    let comma = try read("a;b\n1,234;1\n", like: "a;b\n1,5;1\n")
    #expect(comma.columns[0].numbers == [1.234] && comma.warnings.isEmpty)
    let point = try read("a;b\n1,234;1\n", like: "a;b\n1.5;1\n")
    #expect(point.columns[0].numbers == [1234] && point.warnings.isEmpty)
    #expect(try readTable("a;b\n1,234;1\n").warnings.count == 1)
    let grouped = try read("a;b\n1.234;1\n", like: "a;b\n1,5;1\n")
    #expect(grouped.columns[0].numbers == [1234] && grouped.warnings.isEmpty)
    let quoted = try read("a,b\n\"1,5\",1\n", like: "a;b\n1,5;1\n")
    #expect(quoted.columns[0].numbers == [1.5] && quoted.warnings.isEmpty)
  }

  @Test("numbers that fit only the other decimal mark are read with it and warned about")
  func otherMark() throws {
    let table = try read("a;b\n1.5;1\n2.25;2\n", like: "a;b\n1,5;1\n")
    #expect(table.columns[0].numbers == [1.5, 2.25])
    #expect(
      table.warnings == [
        "'x.csv': column 'a': numbers are read with a decimal point, unlike those of the training table, which have a "
          + "decimal comma; state decimal: ',' if that is wrong"
      ])
    // Whole numbers agree with every mark.
    #expect(try read("a;b\n15;1\n2;2\n", like: "a;b\n1,5;1\n").warnings.isEmpty)
    // The neighbour shows that the file has decimal points.
    let neighbours = try read("a;b\n1.5;1.234\n2.25;2.345\n", like: "a;b\n1,5;1,5\n")
    #expect(neighbours.columns[1].numbers == [1.234, 2.345])
    #expect(
      neighbours.warnings == [
        "'x.csv': columns 'a', 'b': numbers are read with a decimal point, unlike those of the training table, which "
          + "have a decimal comma; state decimal: ',' if that is wrong"
      ])
  }

  @Test("in a text separated at commas, 1.234 has a decimal point unless another column shows a decimal comma")
  func commaSeparated() throws {
    let plain = try read("a,b\n1.234,1\n2.345,2\n", like: "a;b\n1,5;1\n")
    #expect(plain.columns[0].numbers == [1.234, 2.345] && plain.warnings.count == 1)
    let quoted = try read("a,b\n1.234,\"1,5\"\n2.345,\"2,5\"\n", like: "a;b\n1,5;1,5\n")
    #expect(quoted.columns[0].numbers == [1234, 2345] && quoted.columns[1].numbers == [1.5, 2.5])
    #expect(quoted.warnings.isEmpty)
  }

  @Test("what the job states for the new table wins")
  func statedNow() throws {
    let dates = try read("a,b\n01/02/2024,1\n", like: "a,b\n24/12/2024,1\n") { $0.dateFormats = ["a": "MM/dd/yyyy"] }
    #expect(dates.columns[0].numbers == [Self.january] && dates.warnings.isEmpty)
    let numbers = try read("a;b\n1,234;1\n", like: "a;b\n1,5;1\n") { $0.decimalMark = .point }
    #expect(numbers.columns[0].numbers == [1234] && numbers.warnings.isEmpty)
  }

  @Test("formats, missing words and new names that the job stated for the training table hold for the new one")
  func statedThen() throws {
    let training = try readTable("a,b,c\n02.01.24,-9,x\n03.01.24,5,y\n") { options in
      options.dateFormats = ["a": "yy.MM.dd"]
      options.missingWords = ["-9"]
      options.renamedLevels = ["c": ["x": "y"]]
    }
    let notation = try #require(training.layout?.notation)
    let table = try readTable("a,b,c\n24.02.01,-9,x\n24.02.02,3,z\n") { $0.adopt(notation, of: "t") }
    #expect(table.columns[0].number(at: 0) == Self.february)
    #expect(table.columns[1].numbers == [nil, 3])
    #expect(table.columns[2].words == ["y", "z"])
    let usual = try readTable("a,b,c\n2024-02-01,1,x\n2024-02-02,3,z\n") {
      $0.adopt(notation, of: "the training table")
    }
    #expect(usual.columns[0].number(at: 0) == Self.february)
    #expect(
      usual.warnings == [
        "'x.csv': column 'a': dates are read in their usual notation, because they do not have the format yy.MM.dd of "
          + "the training table; state date_format if that is wrong"
      ])
  }

  @Test("words that counted as missing in the training table do so in short tables")
  func knownMissing() throws {
    let training = "a;d\n" + (1...60).map { "\($0),5;2024-01-01\n" }.joined() + "fehlt;2024-01-01\n4;-?-\n"
    let notation = try #require(try readTable(training).layout?.notation)
    #expect(notation.columns["a"]?.missingWords == ["fehlt"] && notation.columns["d"]?.missingWords == ["-?-"])
    func read(_ text: String) throws -> Frame {
      try readTable(text) { options in
        options.knownTypes = ["a": .number, "d": .time]
        options.adopt(notation, of: "the training table")
      }
    }
    let table = try read("a;d\nfehlt;-?-\n1,5;2024-01-02\n")
    #expect(table.columns[0].numbers == [nil, 1.5] && table.columns[1].missing.count == 1 && table.warnings.isEmpty)
    #expect(throws: FrameError.self) { try read("a;d\nmany;2024-01-02\n1,5;2024-01-02\n") }
  }

  @Test("features count as in the training table")
  func features() throws {
    let table = try read("1 1:5 2:6\n", like: "1 0:1 2:3\n")
    #expect(table.column(named: "C3")?.numbers == [5] && table.column(named: "C2")?.numbers ?? [0] == [0])
  }

  @Test("rows in pieces are read as the whole table is")
  func pieces() throws {
    let notation = try #require(try readTable("a;b\n24/12/2024;1,5\n").layout?.notation)
    try Tables.withFile(Array("a;b\n01/02/2024;1,234\n".utf8)) { path in
      var options = ReadOptions()
      options.knownTypes = ["a": .time, "b": .number]
      options.adopt(notation, of: "the training table")
      let piece = try #require(try FrameStream(path, name: "t", options: options).next())
      #expect(piece.columns[0].numbers == [Self.february] && piece.columns[1].numbers == [1.234])
      #expect(piece.warnings.isEmpty)
    }
  }

  @Test("H2O's rules know no other table")
  func h2o() throws {
    let table = try read("a,b\n01/02/2024,1\n", like: "a,b\n24/12/2024,1\n") {
      $0.rules.types = .byMajority
      $0.rules.fields = .loose
    }
    #expect(table.columns[0].numbers == [Self.january])
    #expect(table.layout?.notation.isEmpty == true)
  }

  @Test("files that form one table share their notation")
  func files() throws {
    func join(_ texts: [String]) throws -> Frame {
      func paths(_ rest: ArraySlice<String>, _ found: [String]) throws -> Frame {
        guard let text = rest.first else {
          let files = found.enumerated().map { (path: $1, name: "part\($0)") }
          return try FrameReader.read(files, options: ReadOptions())
        }
        return try Tables.withFile(Array(text.utf8)) { try paths(rest.dropFirst(), found + [$0]) }
      }
      return try paths(texts[...], [])
    }
    let dates = try join(["a,b\n01/02/2024,1\n", "a,b\n24/12/2024,2\n"])
    #expect(dates.columns[0].numbers == [Self.february, 1_734_998_400_000])
    #expect(dates.warnings.isEmpty && dates.layout?.notation.columns["a"]?.dateOrder == .dayFirst)
    let numbers = try join(["a;b\n1,234;1\n", "a;b\n1,5;2\n"])
    #expect(numbers.columns[0].numbers == [1.234, 1.5])
    let features = try join(["1 1:5\n", "1 0:7 1:6\n"])
    #expect(features.column(named: "C2")?.numbers == [0, 7] && features.column(named: "C3")?.numbers == [5, 6])
    // Words above words are a header in the second file because they are one in the first.
    let words = try join(["a,b\nx,1\n", "a,b\na,y\n"])
    #expect(words.columns[0].words == ["x", "a"])
  }

  @Test(
    "a field alone means the number that its column means",
    arguments: [
      ("a;b\n1,5;1\n2,25;2\n", "1.234,5", 1234.5), ("a;b\n1,5;1\n2,25;2\n", "-7", -7),
      ("a,b\n1.5,1\n2.25,2\n", "1,234.5", 1234.5), ("a,b\n5 %,1\n7.5 %,2\n", "10 %", 0.1),
      ("a,b\n1,1\n2,2\n", "1e3", 1000), ("a,b\n1,1\n2,2\n", "three", nil),
    ] as [(String, String, Double?)])
  func texts(_ training: String, _ field: String, _ number: Double?) throws {
    let notation = try #require(try readTable(training).layout?.notation)
    #expect((notation.columns["a"] ?? ColumnNotation()).number(field) == number)
  }
}
