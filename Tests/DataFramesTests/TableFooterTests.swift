import DataFrames
import Testing

@Suite("Lines at the end that are not records")
struct TableFooterTests {
  @Test("a total is not read, with a warning")
  func totals() throws {
    for (word, separator) in [("Summe", ";"), ("Total", ","), ("Gesamt:", "\t"), ("GRAND TOTAL", "|")] {
      let rows = [["id", "name", "n"], ["1", "x", "5"], ["2", "y", "7"], [word, "", "12"]]
      let text = rows.map { $0.joined(separator: separator) + "\n" }.joined()
      let table = try Tables.read(text)
      #expect(Tables.content(table) == "id=1,2 name=x,y n=5,7", "\(text)")
      #expect(
        table.warnings == ["'t':4: the last record begins with '\(word)', holds totals, and is not read"],
        "\(table.warnings)")
    }
  }

  @Test(
    "a category is no total",
    arguments: [
      "region,n\nTotal,5\nNorth,2\nTotal,7\n", "a,b\nsum of x,1\ntotal of y,2\n", "a,b\nx,1\nTotal,many\n",
    ])
  func categories(_ text: String) throws {
    #expect(try Tables.read(text).rowCount == text.split(separator: "\n").count - 1)
  }

  @Test("lines of separators at the end are not rows, with a warning")
  func emptyLines() throws {
    let table = try Tables.read("a;b\r\nx;1,5\r\n;\r\ny;2,5\r\n;\r\n; \r\n\r\n;\r\n")
    #expect(Tables.content(table) == "a=x,-,y b=1.5,-,2.5")
    #expect(table.warnings == ["'t': 3 lines of separators at the end are not read"])
    // A table without any value has its rows.
    #expect(try Tables.read("a,b\n,\n").rowCount == 1)
    #expect(try Tables.read("a,b,c\n,\n").rowCount == 0)
  }

  @Test("a total above lines of separators is found")
  func both() throws {
    let table = try Tables.read("id;n\n1;5\n2;7\nSumme;12\n;\n;\n")
    #expect(Tables.content(table) == "id=1,2 n=5,7")
    #expect(table.warnings.count == 2)
  }

  @Test("H2O's rules read every line")
  func h2o() throws {
    let table = try Tables.read("id,n\n1,5\n2,7\nTotal,12\n,\n") {
      $0.rules.types = .byMajority
      $0.rules.fields = .loose
    }
    #expect(table.rowCount == 4)
  }
}
