import DataFrames
import Reports
import Testing

@Suite("Descriptions of tables for people")
struct DescriptionTextTests {
  @Test("facts come first, then aligned columns, reasons and warnings")
  func whole() {
    let layout = TableLayout(
      format: .csv, encoding: .windows1252, separator: ";", decimalMark: .comma, hasHeader: true)
    var missing = RowSet()
    missing.insert(1)
    let columns = [
      Column(name: "Preis", values: .doubles([1.25, 0, 8.5]), missing: missing),
      Column(name: "Art", values: .categorical([0, 1, 2], levels: ["alt", "neu", "\u{1B}[31m"]), missing: RowSet()),
      Column(name: "Tag", values: .doubles([0, 86_400_000, 172_800_000]), missing: RowSet(), isTime: true),
    ]
    let frame = Frame(
      path: "t.csv", columns: columns, warnings: ["the order of day and month is unclear"], layout: layout,
      typeReasons: ["Preis": "2 of 2 fields are numbers", "Tag": "2 of 2 fields are numbers"])
    #expect(
      DescriptionText(TableDescription(frame), name: "t.csv").text == """
        t.csv: 3 rows, 3 columns; csv, encoding windows-1252, separator ';', decimal ',', header

        column  type  missing  distinct  values
        Preis   real        1         2  1.25 to 8.5, mean 4.875
        Art     enum        0         3  alt, neu,  [31m
        Tag     time        0         3  1970-01-01 to 1970-01-03

        why these types:
          Preis, Tag: 2 of 2 fields are numbers

        warnings:
          the order of day and month is unclear

        """)
  }

  @Test("no line exceeds 100 characters, whatever the names and levels")
  func width() {
    let long = String(repeating: "word ", count: 60)
    let columns = (0..<40).map { index in
      Column(
        name: "\(long)\(index)", values: .categorical([0, 1], levels: ["\(long)a", "\(long)b"]), missing: RowSet())
    }
    let frame = Frame(path: "t.csv", columns: columns, warnings: [long, long + long])
    let lines = DescriptionText(TableDescription(frame), name: "t.csv").text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 100 })
  }
}
