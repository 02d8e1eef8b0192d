import DataFrames
import Foundation
import Testing

@Suite("Joined and streamed tables")
struct JoinedTableTests {
  @Test("several files, or a directory, form one table; files with other columns are refused by name")
  func several() throws {
    let folder = NSTemporaryDirectory() + "frames-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func file(_ name: String, _ text: String) throws -> (path: String, name: String) {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      return ("\(folder)/\(name)", name)
    }
    let one = try file("1.csv", "a,b,c\n1,x,1\n2,y,2\n")
    let two = try file("2.csv", "b;a;c\nz;300;word\n")
    _ = try file("_SUCCESS", "")
    let options = ReadOptions()
    #expect(
      describe(try FrameReader.read([one, two], options: options)) == "a:int=1,2,300 b:enum=x,y,z c:enum=1,2,word")
    #expect(try FrameReader.read(folder, name: "folder", options: options).rowCount == 3)
    let other = try file("3.csv", "a,b,d\n1,x,1\n")
    let error = #expect(throws: FrameError.self) { try FrameReader.read([one, other], options: options) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("'3.csv': has no column 'c', unlike '1.csv'"))
  }

  @Test("a stream returns all rows in every format, and reads only the wanted columns")
  func streams() throws {
    let path = NSTemporaryDirectory() + "stream-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var options = ReadOptions()
    options.threads = 2
    let rows = 400_000
    let text = "a,b,c\n" + (0..<rows).map { "\($0 % 100),word\($0),\($0 % 7 == 0 ? "x" : "y")\n" }.joined()
    for content in [text, "1 1:5\n2 3:1\n"] {
      try Data(content.utf8).write(to: URL(fileURLWithPath: path))
      let isCSV = content == text
      options.knownTypes = isCSV ? ["a": .number, "c": .categorical] : ["C2": .number, "C4": .number]
      options.onlyColumns = Set(options.knownTypes.keys)
      let stream = try FrameStream(path, name: "s", options: options)
      var (count, sum, pieces) = (0, 0.0, 0)
      while let frame = try stream.next() {
        #expect(frame.columns.map(\.name) == (isCSV ? ["a", "c"] : ["C2", "C4"]))
        for row in 0..<frame.rowCount { sum += frame.columns[0].number(at: row) }
        count += frame.rowCount
        pieces += 1
      }
      #expect(count == (isCSV ? rows : 2))
      #expect(sum == (isCSV ? Double(rows / 100) * 4950 : 5))
      #expect(!isCSV || pieces >= 1)
    }
  }
}
