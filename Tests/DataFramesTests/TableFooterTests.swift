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
      "region,n\n\"Total\",5\nNorth,2\nTotal,7\n", "firm,n\nShell,5\nTotal Energies,2\n",
    ])
  func categories(_ text: String) throws {
    #expect(try Tables.read(text).rowCount == text.split(separator: "\n").count - 1)
  }

  @Test("a total is found in quotes, below a header of that name, and below a text that holds the word")
  func hiddenTotals() throws {
    for text in [
      "\"name\",\"n\"\n\"x\",5\n\"y\",7\n\"Total\",12\n", "name,Total\nx,5\ny,7\nTotal,12\n",
      "name,n\nSum Total,5\ny,7\nTotal,12\n",
    ] {
      let table = try Tables.read(text)
      #expect(table.rowCount == 2 && table.warnings.contains { $0.contains("holds totals") }, "\(text)")
    }
  }

  @Test("several remarks are not read, also padded with separators and below empty lines")
  func remarks() throws {
    for text in [
      "id;a;b\n1;2;x\n2;3;y\n\nQuelle: Amt\nStand: 2024\n",
      "id;a;b\n1;2;x\n2;3;y\n;;\nQuelle: Amt;;\nStand 2024;;\n",
      "id;a;b\n1;2;x\n2;3;y\n* vorläufig;;\n** geschätzt;;\n",
      "id,a,b\n1,2,x\n2,3,y\n\"Source: A, B\"\n\"Note: C\"\n",
      "id,a,b\n1,2,x\n2,3,y\nProvided by A, B\nby hand\n",
    ] {
      let table = try Tables.read(text)
      #expect(Tables.content(table) == "id=1,2 a=2,3 b=x,y", "\(text)")
      #expect(table.warnings.contains { $0.contains("the last 2 lines, from ") }, "\(table.warnings)")
    }
    #expect(
      try Tables.read("id;a;b\r\n1;2;x\r\n;;\r\nSumme;2\r\nQuelle: Amt\r\n").warnings == [
        "'t':4: the last record begins with 'Summe', holds totals, and is not read",
        "'t':5: the last line, 'Quelle: Amt', has 1 field where all others have 3, and is not read",
        "'t': 1 line of separators at the end is not read",
      ])
  }

  @Test(
    "a last record without most values stays",
    arguments: [
      "name,n,m\nx,1,2\nNote,,\n", "id,n,m\n1,1,2\n2,,\n", "id,n,m\n1,1,2\nNA,,\n", "id,n,m\n1,1,2\n,n/a,\n",
      "name,n,m\nx,1,2\ny: z,,\n", "a,text,b\n1,\"x\nNote: y\",2\n3,\"x\nNote: y\",4\n",
    ])
  func sparseRecords(_ text: String) throws {
    #expect(try Tables.read(text).rowCount == 2)
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
