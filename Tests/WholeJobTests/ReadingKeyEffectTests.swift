import DataFrames
import DurableFiles
import JobFiles
import Planning
import TestSupport
import Testing

/// The keys for reading tables; the other keys are in ``ParameterEffectTests``.
@Suite("Every key for reading tables has an effect")
struct ReadingKeyEffectTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let key: String
    let value: String
    /// The text of the table, or the path of a workbook.
    let table: String
    /// The columns with the key.
    let expected: String

    init(_ key: String, _ value: String, _ table: String, _ expected: String) {
      (self.key, self.value, self.table, self.expected) = (key, value, table, expected)
    }

    var testDescription: String { "\(key): \(value)" }
  }

  private static let table = "a,y\n1,u\n2,v\n"

  static let cases: [Case] = [
    Case("column_types", "{a: enum}", table, "a:enum=1,2 y:enum=u,v"),
    Case("header", "false", "a,b\nc,1\nk,2\n", "C1:enum=a,c,k C2:enum=b,1,2"),
    Case("column_names", "[p, q]", table, "p:int=1,2 q:enum=u,v"),
    Case("separator", "';'", "a;b,y\n1;2,u\n3;4,v\n", "a:int=1,3 b,y:enum=2,u,4,v"),
    Case("decimal", "','", "a;y\n1.5;u\n2.5;v\n", "a:enum=1.5,2.5 y:enum=u,v"),
    Case("thousands", "'.'", "a;y\n1.234;u\n2.345;v\n", "a:int=1234,2345 y:enum=u,v"),
    Case(
      "date_format", "dd/MM/yyyy", "a,y\n01/02/2024,u\n03/02/2024,v\n", "a:time=1706745600000,1706918400000 y:enum=u,v"),
    Case("na_strings", "['2']", table, "a:int=1,- y:enum=u,v"),
    Case("comment", "';'", "a,y\n1,u\n;3,w\n2,v\n", "a:int=1,2 y:enum=u,v"),
    Case("skip_lines", "1", "1,u\n2,v\n3,w\n", "C1:int=2,3 C2:enum=v,w"),
    Case("skipped_columns", "[a]", table, "y:enum=u,v"),
    Case("max_bad_fields", "1", "a,y\n1,u\n2,v,w\n3,x\n", "a:int=1,2,3 y:enum=u,v,x"),
    Case("rename_levels", "{y: {u: w}}", table, "a:int=1,2 y:enum=w,v"),
    Case("sheet", "verborgen", "openpyxl.xlsx", "x:int=1,2 y:enum=a,b"),
    Case("index_base", "0", "1 1:5\n2 2:6\n", "C1:int=1,2 C2:int=0,0 C3:int=5,0 C4:int=0,6"),
  ]

  @Test("all keys for reading tables are listed")
  func complete() {
    let keys = ParameterCatalogue.shared.allRows.filter { $0.group == .reading }.map(\.key)
    #expect(Set(Self.cases.map(\.key)) == Set(keys))
  }

  @Test("the table is read as the key says, and differently without it", arguments: cases)
  func effect(_ example: Case) throws {
    let folder = TemporaryFolder()
    var path = "\(folder.path)/t"
    if example.table.hasSuffix(".xlsx") {
      path = "\(Repository.support)/workbooks/\(example.table)"
    } else {
      try FileSystem().write(example.table.utf8, to: path)
    }
    let plain = read(path, "")
    let changed = read(path, "\(example.key): \(example.value)\n")
    #expect(changed == example.expected)
    #expect(changed != plain)
  }

  /// Returns the columns as `name:type=value,value`, with `-` for missing values, or the error.
  private func read(_ path: String, _ key: String) -> String {
    do {
      let text = "training_frame: t\nresponse_column: y\n\(key)"
      let job = try JobFileReader.read(Array(text.utf8), file: "j")
      let frame = try FrameReader.read(path, name: "t", options: ReadOptions(job))
      return frame.columns.map { column in
        let values = (0..<frame.rowCount).map { column.text(at: $0) ?? "-" }
        return "\(column.name):\(column.typeName)=\(values.joined(separator: ","))"
      }.joined(separator: " ")
    } catch {
      return "error: \(error)"
    }
  }
}
