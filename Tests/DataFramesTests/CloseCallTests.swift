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
      try warnings(numbers + ["fehlt", "x", "fehlt"]) == [
        "'x.csv': column 'a': 20 of 23 fields are numbers, but others such as 'fehlt' make the column categorical; if they "
          + "stand for missing values, add them to na_strings; that list replaces the usual words such as NA, so repeat "
          + "those that the table holds"
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

  @Test("numbers with both decimal marks, and dates in both orders, produce a warning")
  func bothNotations() throws {
    let mixed = (1...20).map { $0.isMultiple(of: 2) ? "\($0 % 6),5" : "\($0 % 6).25" }
    #expect(
      try warnings(mixed).contains(
        "'x.csv': column 'a': 10 numbers have a decimal comma and 10 a decimal point, which makes the column categorical; "
          + "write all with the same mark"))
    let orders = ["13/01/2024", "01/13/2024", "02/03/2024", "14/02/2024"]
    #expect(
      try warnings(orders) == [
        "'x.csv': column 'a': 1 date must have the month first and 2 dates the day first, which makes the column "
          + "categorical; write all in the same order"
      ])
    #expect(try warnings(["13/01/2024", "02/03/2024", "14/02/2024"]) == [])
  }

  @Test("numbers that look like months produce a warning with their format")
  func months() throws {
    #expect(
      try warnings(["01.2024", "02.2024", "12.2023"]) == [
        "'x.csv': column 'a': numbers such as 01.2024 look like months; state date_format: MM.yyyy if they are"
      ])
    #expect(try warnings(["1.2024", "13.2024"]) == [])
    #expect(try warnings(["01.2024", "2.5"]) == [])
    #expect(try readTable("a;b\n01.2024;1\n12.2023;2\n") { $0.dateFormat = "MM.yyyy" }.columns[0].isTime)
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
        "'x.csv': column 'colour': 'Null' is read as a level; if it stands for a missing value, add it to na_strings; "
          + "that list replaces the usual words such as NA, so repeat those that the table holds"
      ])
    #expect(try readTable("a;b\nx;1\nNULL;2\nnull;3\nNaN;3\ny;4\n").columns[0].words == ["x", nil, nil, nil, "y"])
    #expect(try readTable("a;b\n1;1\nNull;2\nNAN;3\n").columns[0].numbers == [1, nil, nil])
  }
}
