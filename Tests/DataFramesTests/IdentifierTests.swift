import DataFrames
import Testing

@Suite("Columns that look like identifiers")
struct IdentifierTests {
  @Test(
    "digits with leading zeros are read as numbers, with a warning",
    arguments: [
      ["01234", "98765"], ["007", "123"], ["00000001", "12345678"], ["0301234567", "301234567"],
      ["0123456789012345678", "1"],
    ])
  func leadingZeros(_ fields: [String]) throws {
    let table = try readTable("zip,b\n" + fields.map { "\($0),1\n" }.joined())
    #expect(table.columns[0].isNumeric)
    #expect(
      table.warnings.contains {
        $0.contains("'x.csv': column 'zip': looks like an identifier, because '\(fields[0])' in line 2")
      })
    let declared = try readTable("zip,b\n" + fields.map { "\($0),1\n" }.joined()) {
      $0.columnTypes = ["zip": .categorical]
    }
    #expect(Set(declared.columns[0].words) == Set(fields))
    #expect(declared.warnings.isEmpty)
  }

  @Test("hours and months with a leading zero are no identifiers")
  func shortZeros() throws {
    let table = try readTable("h,b\n01,0.5\n12,0.25\n00,1\n")
    #expect(table.columns[0].numbers == [1, 12, 0])
    #expect(table.warnings.isEmpty)
  }

  @Test(
    "whole numbers beyond 2^53 produce a warning",
    arguments: ["9007199254740993", "12345678901234567890", "-9007199254740995"])
  func rounded(_ text: String) throws {
    let table = try readTable("id,b\n\(text),1\n5,2\n")
    #expect(table.warnings.count == 1)
    #expect(
      table.warnings.first?.contains("'id': looks like an identifier, because '\(text)' in line 2 has more digits")
        == true)
    #expect(try readTable("id,b\n9007199254740992,1\n5,2\n").warnings.isEmpty)
  }

  @Test("a short column of distinct words is named")
  func distinctWords() throws {
    let table = try readTable("name,b\n" + (0..<80).map { "person \($0),\($0 % 7)\n" }.joined())
    #expect(table.columns[0].levels?.count == 80)
    #expect(
      table.warnings == [
        "'x.csv': column 'name': all 80 fields differ, which looks like an identifier; name it in ignored_columns unless it is a category"
      ])
    #expect(try readTable("name,b\na,1\nb,2\nc,3\n").warnings.isEmpty)
  }

  @Test("a long column of distinct words is text, and says why")
  func text() throws {
    let table = try readTable("url,b\n" + (0..<500).map { "http://host/\($0 % 490),\($0)\n" }.joined())
    #expect(table.columns[0].typeName == "string")
    #expect(table.typeReasons["url"] == "490 of 500 fields differ")
    #expect(table.columns[0].text(at: 499) == "http://host/9")
    #expect(table.columns[0].text(at: 12) == "http://host/12")
  }

  @Test("text columns of several blocks keep their rows and missing fields")
  func longText() throws {
    let rows = 120_000
    let text = "u,b\n" + (0..<rows).map { $0 % 1000 == 7 ? ",1\n" : "https://example.org/ä/\($0),2\n" }.joined()
    let table = try readTable(text)
    let column = table.columns[0]
    #expect(column.typeName == "string")
    #expect(column.missing.count == rows / 1000)
    #expect((0..<rows).allSatisfy { column.text(at: $0) == ($0 % 1000 == 7 ? nil : "https://example.org/ä/\($0)") })
  }

  @Test("levels of several blocks are sorted by their bytes")
  func longLevels() throws {
    let rows = 300_000
    let words = (0..<700).map { "w\(($0 * 7919) % 700)-\(String(repeating: "x", count: $0 % 13))" }
    let table = try readTable(
      "u,b\n" + (0..<rows).map { "\(words[$0 % 700]),text of some length \($0 % 3)\n" }.joined())
    #expect(table.columns[0].levels == words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect((0..<rows).allSatisfy { table.columns[0].text(at: $0) == words[$0 % 700] })
  }

  @Test("levels that are one string in two compositions are one level")
  func compositions() throws {
    let column = try readColumn(["e\u{301}", "\u{E9}", "x", "x"])
    #expect(column.levels?.count == 2)
    #expect(column.level(at: 0) == column.level(at: 1))
  }
}
