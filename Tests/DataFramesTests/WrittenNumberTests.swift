import DataFrames
import Testing

@Suite("Numbers as people write them")
struct WrittenNumberTests {
  @Test(
    "a column of one notation is read as numbers",
    arguments: [
      (["1,5", "2", "-0,25"], [1.5, 2, -0.25]),
      (["1.234,56", "12,5", "1.234.567,8"], [1234.56, 12.5, 1_234_567.8]),
      (["0,821", "0,5", "1,125"], [0.821, 0.5, 1.125]),
      (["1,234.5", "7", "12,345,678"], [1234.5, 7, 12_345_678]),
      (["1 234", "5", "12 345 678"], [1234, 5, 12_345_678]),
      (["1\u{A0}234,5", "5,25"], [1234.5, 5.25]),
      (["1\u{202F}234", "1\u{202F}234\u{202F}567"], [1234, 1_234_567]),
      (["1'234.50", "5.25"], [1234.5, 5.25]),
      (["1\u{2019}234", "999"], [1234, 999]),
      (["12,34,567", "1,00,000", "5.5"], [1_234_567, 100_000, 5.5]),
      (["5%", "12.5%", "-3 %", "0%"], [0.05, 0.125, -0.03, 0]),
      (["12,5 %", "7,25 %"], [0.125, 0.0725]),
      (["$5", "$1,234.50", "-$3"], [5, 1234.5, -3]),
      (["€ 5", "€ 7,50"], [5, 7.5]),
      (["5 €", "1.234,50 €"], [5, 1234.5]),
      (["£5", "£ 6.5"], [5, 6.5]),
      (["CHF 5", "CHF 1'234.50"], [5, 1234.5]),
      (["5 USD", "6.25 USD"], [5, 6.25]),
      (["(5)", "7", "($1,234.50)"], [-5, 7, -1234.5]),
      (["\u{2212}5", "6"], [-5, 6]),
      (["1e3", "2.5E-1"], [1000, 0.25]),
      (["+5", "-5"], [5, -5]),
      (["1.234.567", "2.000.000"], [1_234_567, 2_000_000]),
      (["5,00-", "6,50", "1.234,50-"], [-5, 6.5, -1234.5]),
      (["5.00-", "6.50"], [-5, 6.5]),
      (["5,- €", "6,-", "7,50 €"], [5, 6, 7.5]),
      (["CHF 5.-", "CHF 6.--", "Fr. 7.50"], [5, 6, 7.5]),
      (["\u{2013}5,25", "6,5"], [-5.25, 6.5]),
    ] as [([String], [Double])])
  func notations(_ fields: [String], _ values: [Double]) throws {
    let column = try readColumn(fields)
    #expect(column.isNumeric)
    #expect(column.numbers == values.map(Optional.some))
  }

  @Test(
    "other words with digits stay words",
    arguments: [
      ["2-", "1", "3-"], ["1,2,3", "4,5,6"], ["0,123,456", "x"], ["5-7", "8-9"], ["1.2.3", "1.2.4"], ["A1", "B2"],
      ["5 km", "6 km"],
      ["1,23,45", "x"], ["12 34", "56 78"], ["$", "€"], ["(x)", "(y)"], ["1_000", "2_000"], ["#5", "#6"],
      ["5%%", "6%%"], ["1,5-", "2-"], ["5-,0", "x"], ["5,-0", "y"], ["-5,00-", "z"],
    ])
  func words(_ fields: [String]) throws {
    #expect(try readColumn(fields).typeName == "enum")
  }

  @Test("quoted numbers in a comma-separated file may separate thousands, but have no decimal comma")
  func commaSeparated() throws {
    let table = try readTable("a,b\n\"1,234\",\"1,5\"\n\"12,345.5\",\"2,5\"\n")
    #expect(table.columns[0].numbers == [1234, 12345.5])
    #expect(table.columns[1].levels == ["1,5", "2,5"])
  }

  @Test("a decimal comma elsewhere in the table settles ambiguous numbers without a warning about them")
  func tableWideMark() throws {
    let table = try readTable("a;b;c\n1,234;1,5;1.234\n2,345;2,25;2.345\n")
    #expect(table.columns[0].numbers == [1.234, 2.345])
    #expect(table.columns[1].numbers == [1.5, 2.25])
    #expect(table.columns[2].numbers == [1234, 2345])
    #expect(table.layout?.decimalMark == .comma)
  }

  @Test("numbers that fit both decimal marks produce a warning that names the key")
  func ambiguous() throws {
    let table = try readTable("a;b\n1,234;1\n2,345;2\n")
    #expect(table.columns[0].numbers == [1.234, 2.345])
    #expect(
      table.warnings == [
        "'x.csv': the comma in '1,234' is read as a decimal mark; if this is wrong, state decimal: '.'"
      ])
    let tabs = try readTable("a\tb\n1,234\t1\n2,345\t2\n")
    #expect(tabs.columns[0].numbers == [1234, 2345])
    #expect(tabs.warnings.first?.contains("a separator of thousands; if this is wrong, state decimal: ','") == true)
  }

  @Test("decimal and thousands state the notation")
  func stated() throws {
    #expect(try readColumn(["1,234", "2,345"]) { $0.thousandsSeparator = "," }.numbers == [1234, 2345])
    #expect(try readColumn(["1,234", "2,345"], separator: "\t") { $0.decimalMark = .comma }.numbers == [1.234, 2.345])
    #expect(try readColumn(["1.234", "2.345"]) { $0.thousandsSeparator = "." }.numbers == [1234, 2345])
    #expect(try readColumn(["1.234", "2.345"]) { $0.decimalMark = .point }.numbers == [1.234, 2.345])
    #expect(
      try readColumn(["1 234,5", "2"]) { ($0.decimalMark, $0.thousandsSeparator) = (.comma, " ") }.numbers == [
        1234.5, 2,
      ])
    #expect(try readTable("a,b\n\"1,5\",1\n\"2,5\",2\n") { $0.decimalMark = .comma }.columns[0].numbers == [1.5, 2.5])
  }

  @Test("a decimal comma that comes late in a long column is found by reading it again")
  func lateComma() throws {
    let fields = (0..<3000).map { "\($0)" } + ["1,5", "2,75"]
    let column = try readColumn(fields)
    #expect(column.numbers.suffix(3) == [2999, 1.5, 2.75])
    #expect(column.missing.isEmpty)
  }

  @Test("the reason for the type names the notation")
  func reasons() throws {
    let table = try readTable("a;b\n1,5;3%\n2,5;4%\n")
    #expect(table.typeReasons["a"] == "all 2 fields are numbers, decimal comma")
    #expect(table.typeReasons["b"] == "all 2 fields are numbers, in percent")
  }

  @Test("numbers with and without a percent sign are read with a warning")
  func mixedPercent() throws {
    let table = try readTable("a,b\n5%,1\n3,2\n")
    #expect(table.columns[0].numbers == [0.05, 3])
    #expect(table.warnings == ["'x.csv': column 'a': 1 of 2 numbers have a percent sign; 5 % is read as 0.05"])
  }

  @Test("long decimal numbers are rounded correctly")
  func rounding() throws {
    let texts = [
      "0.12345678901234567", "123456789012345.678", "1e22", "1.7976931348623157e308", "4.9e-324", "9007199254740993.5",
      "2.2250738585072014e-308", "0.1e-6", "123456789012345678", "3.141592653589793238", "8.5e-5", "1e-27", "7e27",
      "0.30000000000000004", "179769313486231570000", "0.000001234567890123", "5e-324",
    ]
    let column = try readColumn(texts, separator: ",")
    #expect(column.numbers == texts.map { Double($0) })
  }

  @Test("random decimal numbers are read as the C library reads them")
  func random() throws {
    var generator = SystemRandomNumberGenerator()
    var texts: [String] = []
    for _ in 0..<20_000 {
      let digits = UInt64.random(in: 0...999_999_999_999_999_999, using: &generator)
      var text = String(digits)
      text.insert(".", at: text.index(text.startIndex, offsetBy: Int.random(in: 1...text.count, using: &generator)))
      if Bool.random(using: &generator) { text += "e\(Int.random(in: -30...30, using: &generator))" }
      texts.append(text)
    }
    #expect(try readColumn(texts, separator: ",").numbers == texts.map { Double($0.hasSuffix(".") ? $0 + "0" : $0) })
  }
}
