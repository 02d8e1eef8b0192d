import DataFrames
import Testing

@Suite("Warnings about fields that may mean something else")
struct CloseCallTests {
  private func warnings(_ fields: [String]) throws -> [String] {
    try readTable("a;b\n" + fields.map { "\($0);1\n" }.joined()).warnings
  }

  @Test("dates that may begin with a year of two digits produce a warning with their format")
  func shortYears() throws {
    #expect(
      try warnings(["14-01-01", "14-02-01", "15-03-02"]) == [
        "'x.csv': column 'a': dates such as '14-01-01' in line 2 may begin with the year and are read day first; state "
          + "date_format: yy-MM-dd if that is wrong"
      ])
    #expect(try warnings(["14/01/01", "14/02/28"]).first?.contains("yy/MM/dd") == true)
    // Days vary more than years.
    #expect(
      try warnings(["14-01-21", "31-02-22", "01-03-22", "24-12-22"].map { $0.replacing("31-02", with: "28-02") }) == [])
    #expect(try warnings(["24-12-2014", "14-02-2014"]) == [])
  }

  @Test("amounts in several currencies produce a warning")
  func currencies() throws {
    #expect(
      try warnings(["5 €", "7 EUR", "$ 8"]) == [
        "'x.csv': column 'a': amounts in EUR and in USD are read as plain numbers; line 4 holds '$ 8'; convert them to "
          + "one currency"
      ])
    #expect(try warnings(["$5", "US$ 6", "7 USD", "8"]) == [])
    let rows = (0..<200_000).map { _ in "£5" } + ["5 CHF"]
    #expect(try warnings(rows).first?.contains("line 200002 holds '5 CHF'") == true)
  }

  @Test("most fields that are numbers, beside a word that makes their column categorical, produce a warning")
  func majorities() throws {
    let numbers = (1...20).map { "\($0 % 7),5" }
    #expect(
      try warnings(numbers + ["k. A.", "x", "k. A."]) == [
        "'x.csv': column 'a': 20 of 23 fields are numbers, but others such as 'k. A.' make the column categorical; add "
          + "these to na_strings if they stand for missing values"
      ])
    #expect(try warnings(["12", "12a", "x", "y", "z", "u", "v", "w", "s", "t", "r"]) == [])
    let quoted = try readTable("a,b\n" + numbers.map { "\"\($0)\",1\n" }.joined())
    #expect(quoted.columns[0].levels?.count == 7)
    #expect(
      quoted.warnings == [
        "'x.csv': column 'a': 20 of 20 fields are numbers with a decimal comma, in a file whose fields are separated at "
          + "commas; state decimal: ',' to read them"
      ])
  }

  @Test("Null and NAN are levels among words; another case than that of the others is warned about")
  func oddLevels() throws {
    let names = try readTable("name;b\nSmith;1\nNull;2\nJones;3\nSmith;4\n")
    #expect(names.columns[0].words == ["Smith", "Null", "Jones", "Smith"] && names.warnings.isEmpty)
    let codes = try readTable("code;b\nFRA;1\nNAN;2\nLAX;3\nFRA;4\n")
    #expect(codes.columns[0].words == ["FRA", "NAN", "LAX", "FRA"] && codes.warnings.isEmpty)
    let colours = try readTable("colour;b\nred;1\nNull;2\nblue;3\nred;4\n")
    #expect(colours.columns[0].words == ["red", "Null", "blue", "red"])
    #expect(
      colours.warnings == [
        "'x.csv': column 'colour': 'Null' is read as a level; add it to na_strings if it stands for a missing value"
      ])
    #expect(try readTable("a;b\nx;1\nNULL;2\nnull;3\nNaN;3\ny;4\n").columns[0].words == ["x", nil, nil, nil, "y"])
    #expect(try readTable("a;b\n1;1\nNull;2\nNAN;3\n").columns[0].numbers == [1, nil, nil])
  }
}
