import DataFrames
import Testing

@Suite("Titles above the header, and headers of several lines")
struct HeaderDepthTests {
  @Test("titles above the header are skipped, with a warning that names skip_lines")
  func titles() throws {
    let examples = [
      ("Report 2024,,\na,b,c\nx,1,2.5\ny,2,3.5\n", 1), ("Report\n\na,b,c\nx,1,2.5\ny,2,3.5\n", 2),
      (",,\nCases by year,,\na,b,c\nx,1,2.5\ny,2,3.5\n", 2),
      ("Umsätze;;\n;;\na;b;c\nx;1;2,5\ny;2;3,5\n", 2),
      // The upper line of a header in merged cells.
      (",2023,\na,b,c\nx,1,2.5\ny,2,3.5\n", 1),
    ]
    for (text, lines) in examples {
      let table = try Tables.read(text)
      #expect(Tables.content(table) == "a=x,y b=1,2 c=2.5,3.5", "\(text)")
      #expect(table.layout?.titleLines == lines)
      #expect(
        table.warnings.count == 1 && table.warnings[0].contains("state skip_lines: \(lines) to"), "\(table.warnings)")
    }
  }

  @Test("the warning about titles quotes them")
  func warning() throws {
    #expect(
      try Tables.read("Report 2024,,\na,b,c\nx,1,2\n1,1,2\ny,2,3\n").warnings.first
        == "'t': the table begins in line 2, below 'Report 2024'; state skip_lines: 1 to confirm it, or header if the "
        + "lines above belong to the table")
  }

  @Test("titles above a header of words are skipped where the words of a column recur, but no name does")
  func words() throws {
    let table = try Tables.read(
      "Kunden 2024;;\n;;\nName;Ort;Status\nAnna;Bonn;aktiv\nBert;Ulm;aktiv\nCarl;Bonn;neu\nDora;Ulm;aktiv\n")
    #expect(table.columns.map(\.name) == ["Name", "Ort", "Status"] && table.rowCount == 4)
    #expect(table.warnings.contains { $0.contains("skip_lines: 2 to") }, "\(table.warnings)")
    let answers = try Tables.read("Answer,,\nx,y,z\nx,y,y\nz,y,z\nx,z,z\n")
    #expect(answers.columns.map(\.name) == ["Answer", "C2", "C3"] && answers.rowCount == 4)
  }

  @Test("a line with the name of a column that the job or the model uses is the header")
  func known() throws {
    let table = try Tables.read("Export,of today\nname,city\nAnna,Bonn\n") { $0.knownTypes = ["city": .categorical] }
    #expect(Tables.content(table) == "name=Anna city=Bonn")
    let first = try Tables.read("name,city\nAnna,Bonn\ncity,Ulm\n") { $0.knownTypes = ["city": .categorical] }
    #expect(first.rowCount == 2)
  }

  @Test("a stated header is not searched for")
  func stated() throws {
    let table = try Tables.read("Report,,\na,b,c\nx,1,2\n") { $0.header = true }
    #expect(table.columns.map(\.name) == ["Report", "C2", "C3"])
  }

  @Test("a second full header is data, with a warning that names skip_lines")
  func secondHeader() throws {
    let units = try Tables.read("name,mass,size\n-,kg,m\nx,1,2\ny,2,3\n")
    #expect(units.rowCount == 3 && units.columns[1].name == "mass")
    #expect(
      units.warnings.contains(
        "'t': line 2 ('-', 'kg', 'm') looks like a header, too; state skip_lines: 1 if it holds the names of the columns, "
          + "or delete it if it holds units"), "\(units.warnings)")
    let network = try Tables.read("network,1,1,2\nnode,1,1,1\nhemi,lh,rh,lh\n0,56.05,92.03,3.39\n1,55.5,43.6,65.4\n")
    #expect(network.warnings.contains { $0.contains("line 3 ('hemi', 'lh', 'rh')") }, "\(network.warnings)")
  }

  @Test(
    "other tables have one header",
    arguments: [
      "city,temp\nParis,unknown\nRome,12\nOslo,3\n", "a,b\nx,\ny,1\nz,2\n", "a,b\n1,2\n3,4\n", "x,y\nz,w\nu,v\n",
      "a,b,c\n1,,\n2,3,4\n", "id,note\n1,x\n2,y\n",
    ])
  func others(_ text: String) throws {
    let table = try Tables.read(text)
    #expect(table.layout?.titleLines == 0)
    #expect(!table.warnings.contains { $0.contains("skip_lines") }, "\(table.warnings)")
    #expect(table.rowCount == text.split(separator: "\n").count - 1)
  }

  @Test("numbered columns beside a name have a header, unless the count goes on below")
  func numberedColumns() throws {
    let table = try Tables.read("Month,1,2,3,4\nA,3,4,5,6\nB,2,3,4,5\n")
    #expect(table.columns.map(\.name) == ["Month", "1", "2", "3", "4"])
    #expect(table.warnings.contains { $0.contains("state header: false") })
    let matrix = try Tables.read("A,1,2,3\nB,4,5,6\nC,7,8,9\n")
    #expect(matrix.rowCount == 3 && matrix.warnings.contains { $0.contains("state header: true") })
  }

  @Test("numbers above columns of words are names, with a warning")
  func numbersOverWords() throws {
    let table = try Tables.read("id,100022,100025\nid1,TRUE,FALSE\nid2,FALSE,FALSE\n")
    #expect(table.columns.map(\.name) == ["id", "100022", "100025"] && table.rowCount == 2)
    #expect(table.warnings.contains { $0.contains("state header: false") })
  }
}
