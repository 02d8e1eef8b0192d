import DataFrames
import Testing

@Suite("Types by the evidence of all fields")
struct TypeEvidenceTests {
  @Test("one word among five thousand numbers is missing, with a warning that names its line")
  func oneWord() throws {
    var fields = (0..<5000).map { "\($0 % 90)" }
    fields.insert("oops", at: 310)
    let table = try readTable("age,b\n" + fields.map { "\($0),1\n" }.joined())
    #expect(table.columns[0].typeName == "int")
    #expect(table.columns[0].missing.count == 1)
    #expect(table.columns[0].number(at: 311) == Double(310 % 90))
    #expect(
      table.warnings == [
        "'x.csv': column 'age': 5,000 of 5,001 fields are numbers; line 312 holds 'oops'; the others count as missing; "
          + "declare the column enum if they are values"
      ])
    #expect(table.typeReasons["age"] == "5,000 of 5,001 fields are numbers")
  }

  @Test(
    "the usual words for missing are missing among numbers",
    arguments: [
      "NULL", "None", "n/a", "#N/A", "<NA>", "-nan", "NAN", "Null", "nan", "\\N", "-", "--", ".", "?", "#DIV/0!",
      "#VALUE!",
      "#REF!", "NaT", "NA", "N/A", "na", "none", "NONE", "..", "n.a.", "null", "#NAME?", "\u{2014}", "NaN", "\" \"",
      "\"\"",
      "#NUM!", "0000-00-00", "#NV", "#WERT!", "#BEZUG!", "#ZAHL!", "#VALEUR!", "#NOMBRE!", "#¡DIV/0!", "#¡VALOR!",
      "#DIV/0", "#nv", "(null)", "[NULL]", "k.A.", "K. A.", "n/d", "N.D.", "s/d", "nan(ind)", "-nan(ind)",
    ])
  func missingAmongNumbers(_ word: String) throws {
    let table = try readTable("a,b\n1,2\n\(word),3\n")
    #expect(table.columns[0].numbers == [1, nil])
    #expect(table.warnings.isEmpty)
    let times = try readTable("a,b\n2024-01-02,2\n\(word),3\n")
    #expect(times.columns[0].numbers == [1_704_153_600_000, nil])
  }

  @Test("among words, only words that are never levels are missing")
  func missingAmongWords() throws {
    for word in [
      "NULL", "n/a", "#N/A", "<NA>", "\\N", "NaT", "NA", "null", "#DIV/0!", "?", "#NV", "#BEZUG!", "#VALEUR!",
      "#¡VALOR!", "(null)", "[NULL]",
    ] {
      #expect(try readColumn(["x", word, "y"]).words == ["x", nil, "y"], "\(word)")
    }
    for word in ["-", "--", ".", "k.A.", "n/d", "None", "none", "inf", "na", "missing", "unknown"] {
      #expect(try readColumn(["x", word, "y"]).words == ["x", word, "y"], "\(word)")
    }
  }

  @Test("na_strings replaces the usual words")
  func statedMissing() throws {
    let column = try readColumn(["1", "NULL", "-9"]) { $0.missingWords = ["-9"] }
    #expect(column.words == ["1", "NULL", nil])
  }

  @Test("the errors of spreadsheets are missing in windows-1252, too")
  func westernErrors() throws {
    let bytes = "a;b\n1,5;x\n#¡DIV/0!;#¿NOMBRE?\n2,5;y\n".unicodeScalars.map { UInt8($0.value) }
    #expect(Tables.content(try Tables.read(bytes)) == "a=1.5,-,2.5 b=x,-,y")
  }

  @Test("a dash beside a currency is missing among numbers", arguments: ["-   €", "€ -", "- EUR", "–  €", "CHF -"])
  func accountingDash(_ word: String) throws {
    #expect(try readColumn(["1,50 €", word, " \(word) ", "2,50 €"]).numbers == [1.5, nil, nil, 2.5])
    #expect(try readColumn(["- x", "1"]).words == ["- x", "1"])
  }

  @Test("a usual word that na_strings replaces is named where it becomes a level")
  func replacedWords() throws {
    let rows = (0..<20).map { "\($0),x\n" }.joined()
    let numbers = try readTable("a,b\n" + rows + "none,x\nnone,x\n999,NA\n") { $0.missingWords = ["999"] }
    #expect(
      numbers.warnings.contains(
        "'x.csv': column 'a': 'none' is read as a level, because na_strings replaces the usual words for missing values; "
          + "add it to na_strings if it stands for one"))
    #expect(numbers.warnings.contains { $0.contains("column 'b': 'NA' is read as a level, because na_strings") })
    let clean = try readTable("a,b\n" + rows + "999,none\n") { $0.missingWords = ["999"] }
    #expect(clean.warnings.isEmpty, "\(clean.warnings)")
  }

  @Test("infinite numbers are missing, with a count", arguments: ["inf", "-inf", "Infinity", "+Inf", "-INFINITY", "∞"])
  func infinite(_ word: String) throws {
    let table = try readTable("a,b\n1,2\n\(word),3\n2.5,4\n")
    #expect(table.columns[0].numbers == [1, nil, 2.5])
    #expect(
      table.warnings == ["'x.csv': column 'a': 1 field is infinite and counts as missing; line 3 holds '\(word)'"])
  }

  @Test("one word in ten makes a category")
  func smallTable() throws {
    let column = try readColumn((0..<9).map { "\($0)" } + ["word"])
    #expect(column.typeName == "enum")
    #expect(column.levels?.count == 10)
    #expect(try readColumn((0..<19).map { "\($0)" } + ["word"]).typeName == "int")
    #expect(try readColumn((0..<18).map { "\($0)" } + ["word"]).typeName == "enum")
  }

  @Test("a digit of a wrong kind does not turn numbers into a category")
  func lookalike() throws {
    let column = try readColumn((0..<50).map { "\($0).5" } + ["12O.5"])
    #expect(column.typeName == "real")
    #expect(column.numbers.last == .some(nil))
  }

  @Test("a column that begins with words but is numbers nearly throughout is numeric")
  func wordsFirst() throws {
    let table = try readTable(
      "a,b\n" + ((0..<1000).map { "w\($0 % 3),1" } + (0..<40_000).map { "\($0).5,1" }).joined(separator: "\n"))
    #expect(table.columns[0].typeName == "real")
    #expect(table.columns[0].missing.count == 1000)
    #expect(table.columns[0].number(at: 1000) == 0.5)
    #expect(table.warnings.first?.contains("40,000 of 41,000 fields are numbers; line 2 holds 'w0'") == true)
  }

  @Test("a column that begins with numbers but holds many words is categorical")
  func numbersFirst() throws {
    let fields = (0..<2000).map { "\($0 % 7)" } + (0..<200).map { "w\($0 % 3)" }
    let table = try readTable("a,b\n" + fields.map { "\($0),1\n" }.joined())
    #expect(table.columns[0].levels == ["0", "1", "2", "3", "4", "5", "6", "w0", "w1", "w2"])
    #expect(table.typeReasons["a"] == "10 levels in 2,200 fields")
    #expect(
      table.warnings == [
        "'x.csv': column 'a': 2,000 of 2,200 fields are numbers, but others such as 'w0' make the column categorical; "
          + "if they stand for missing values, add them to na_strings; that list replaces the usual words such as NA, so "
          + "repeat those that the table holds"
      ])
  }

  @Test("a column that begins with numbers and goes on with dates is settled by the majority")
  func numbersThenDates() throws {
    let fields = ["1", "2"] + (0..<1500).map { "2024-01-\(10 + $0 % 20)" }
    let column = try readColumn(fields)
    #expect(column.typeName == "time")
    #expect(column.missing.count == 2)
  }

  @Test("a declared type counts misfits against max_bad_fields, whatever their share")
  func declared() throws {
    let text = "a,b\n" + (0..<100).map { "\($0 == 50 ? "word" : "1"),1\n" }.joined()
    #expect(throws: FrameError.self) { try readTable(text) { $0.columnTypes = ["a": .number] } }
    let tolerant = try readTable(text) { ($0.columnTypes, $0.maximumBadFields) = (["a": .number], 1) }
    #expect(tolerant.columns[0].missing.count == 1)
    #expect(tolerant.typeReasons["a"] == "declared in column_types")
  }

  @Test("a type known from a model tolerates as few misfits as a guess")
  func known() throws {
    let text = "a,b\n" + (0..<100).map { "\($0 == 50 ? "word" : "1"),1\n" }.joined()
    #expect(try readTable(text) { $0.knownTypes = ["a": .number] }.columns[0].missing.count == 1)
    #expect(throws: FrameError.self) { try readTable("a,b\nx,1\n2,1\n") { $0.knownTypes = ["a": .number] } }
  }

  @Test("a numeric column known from a model may have decimal commas")
  func knownWithComma() throws {
    let table = try readTable("a;b\n1,5;x\n2,25;y\n") { $0.knownTypes = ["a": .number, "b": .categorical] }
    #expect(table.columns[0].numbers == [1.5, 2.25])
  }

  @Test("every guessed column has a reason")
  func reasons() throws {
    let table = try readTable("n,e,s,t\n1,x,,2024-01-02\n2,y,,2024-01-03\n3,x,,2024-02-01\n")
    #expect(
      table.typeReasons == [
        "n": "all 3 fields are numbers", "e": "2 levels in 3 fields", "s": "no field holds a value",
        "t": "all 3 fields are times",
      ])
  }

  @Test("Null and NAN are levels among words, and missing among numbers")
  func oddLevels() throws {
    #expect(try readColumn(["Smith", "Null", "Jones", "Smith"]).words == ["Smith", "Null", "Jones", "Smith"])
    #expect(try readColumn(["FRA", "NAN", "LAX", "FRA"]).words == ["FRA", "NAN", "LAX", "FRA"])
    #expect(try readColumn(["x", "NULL", "null", "NaN", "y"]).words == ["x", nil, nil, nil, "y"])
    #expect(try readColumn(["1", "Null", "NAN"]).numbers == [1, nil, nil])
  }

  @Test("all columns that should hold numbers are reported at once")
  func severalMisfits() throws {
    let error = #expect(throws: FrameError.self) {
      try readTable("a,b,c\nx,y,1\n2,3,z\n") { $0.columnTypes = ["a": .number, "b": .number, "c": .categorical] }
    }
    #expect(
      error?.parts == [
        .notANumber(path: "x.csv", column: "a", line: 2, found: "x", count: 1),
        .notANumber(path: "x.csv", column: "b", line: 2, found: "y", count: 1),
      ])
    #expect("\(error.map { "\($0)" } ?? "")".split(separator: "\n").count == 2)
  }
}
