import DataFrames
import Foundation
import Testing

@Suite("Sparse tables")
struct SparseTableTests {
  /// 60 rows of 41 inputs, of which each row names two or three, as SVMLight and as CSV with the same column names.
  private static let (svm, csv): (String, String) = {
    var (svm, csv) = ("", (1...42).map { "C\($0)" }.joined(separator: ",") + "\n")
    for row in 0..<60 {
      let named = [1 + row % 7, 9 + row * 5 % 30, 41].prefix(row % 3 == 0 ? 3 : 2)
      func value(_ index: Int) -> String { index == 9 ? "2.5" : "\((row + index) % 9 - 4)" }
      svm += "\(row % 2)" + named.map { " \($0):\(value($0))" }.joined() + "\n"
      csv += "\(row % 2)," + (1...41).map { named.contains($0) ? value($0) : "0" }.joined(separator: ",") + "\n"
    }
    return (svm, csv)
  }()

  @Test("a file without zeros gives the same table as one with zeros")
  func table() throws {
    let (sparse, dense) = (try frame(Self.svm), try frame(Self.csv))
    #expect(describe(sparse) == describe(dense))
    let isList = sparse.columns.map { if case .sparse = $0.values { true } else { false } }
    // The label and dense columns are stored as usual.
    #expect(!isList[0] && isList.filter { $0 }.count > 20)
    for (one, other) in zip(sparse.columns, dense.columns) {
      let (found, expected) = (ColumnStatistics(one), ColumnStatistics(other))
      #expect(found.count == expected.count && found.minimum == expected.minimum && found.maximum == expected.maximum)
      #expect(abs(found.mean - expected.mean) < 1e-12 && abs(found.deviation - expected.deviation) < 1e-12)
      #expect((0..<60).allSatisfy { one.number(at: $0) == other.number(at: $0) })
    }
    #expect(describe(sparse.sample(atMost: 7)) == describe(dense.sample(atMost: 7)))
  }

  @Test("a declared label, and a declared feature, are levels; unnamed features have the level 0")
  func declared() throws {
    let table = try frame("+1 2:3\n-1 1:1\n-1 2:4\n", job: "column_types: {C1: enum, C3: enum}")
    #expect(describe(table) == "C1:enum=1,-1,-1 C2:int=0,1,0 C3:enum=3,0,4")
    #expect(table.columns[2].levels == ["0", "3", "4"])
  }

  @Test("files of several widths form one table, and a narrower table is scored as if it had zeros")
  func widths() throws {
    let folder = NSTemporaryDirectory() + "sparse-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data("1 1:5\n0 2:1\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/1.svm"))
    try Data("1 4:5\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/2.svm"))
    let joined = try FrameReader.read(folder, name: "f", options: ReadOptions())
    #expect(describe(joined) == "C1:int=1,0,1 C2:int=5,0,0 C3:int=0,1,0 C4:int=0,0,0 C5:int=0,0,5")
    let encoding = try RowEncodingBuilder(.init()).build(try frame(Self.svm), response: "C1").0
    let encoder = RowEncoder(encoding, precision: .single)
    let (narrow, warnings) = try encoder.encode(try frame("1 1:2\n"))
    let (wide, _) = try encoder.encode(
      try frame(
        "C1," + (2...42).map { "C\($0)" }.joined(separator: ",") + "\n1,2" + String(repeating: ",0", count: 40) + "\n"))
    #expect(warnings.isEmpty && narrow.incomplete.isEmpty)
    #expect(inputs(narrow, expands: true) == inputs(wide, expands: true))
  }

  @Test("a declared feature beyond the width of a file has the level 0, in joined files and in scoring")
  func declaredWidths() throws {
    let folder = NSTemporaryDirectory() + "sparse-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data("1 1:5 3:7\n0 2:1\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/1.svm"))
    try Data("1 1:4\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/2.svm"))
    var options = ReadOptions()
    options.columnTypes = ["C4": .categorical]
    let joined = try FrameReader.read(folder, name: "f", options: options)
    #expect(describe(joined) == "C1:int=1,0,1 C2:int=5,0,4 C3:int=0,1,0 C4:enum=7,0,0")
    let encoding = try RowEncodingBuilder(.init()).build(joined, response: "C1").0
    let encoder = RowEncoder(encoding, precision: .single)
    let (rows, warnings) = try encoder.encode(try frame("1 1:2\n"))
    let cursor = RowCursor<Float>(rows)
    cursor.move(to: 0)
    #expect(warnings.isEmpty && rows.incomplete.isEmpty)
    #expect(cursor.activeUnits.map { encoding.inputNames[Int($0)] } == ["C4.0"])
    let strange = #expect(throws: FrameError.self) {
      try encoder.encode(try frame("1 9:2\n", job: "skipped_columns: [C1, C2, C3, C4]"))
    }
    #expect("\(strange.map { "\($0)" } ?? "")".contains("none of the model's columns"))
  }

  @Test(
    "rows stored without zeros give the same inputs",
    arguments: [MissingNumber.mean, .zeroInput])
  func rows(_ missing: MissingNumber) throws {
    var choices = RowEncodingBuilder.Choices()
    choices.isSparse = true
    let table = try frame(Self.svm)
    let encoding = try RowEncodingBuilder(choices).build(table, response: "C1").0
    func encode(_ frame: Frame, _ precision: RowEncoder.Precision) throws -> EncodedRows {
      var rules = TableRules()
      rules.scoredGaps = missing
      return try RowEncoder(encoding, rules: rules, precision: precision).encode(frame).rows
    }
    let lists = try encode(table, .single)
    guard case .sparse = lists.numerics else {
      Issue.record("the rows are written out")
      return
    }
    let full = inputs(try encode(try frame(Self.csv), .double), expands: true)
    #expect(inputs(lists, expands: true) == full)
    #expect(inputs(lists, expands: false) == full)
    let chosen = [3, 59, 3, 0]
    #expect(inputs(lists.selecting(chosen), expands: false) == chosen.map { full[$0] })
    // A missing number is an input too.
    let hole = try frame("C1,C2,C42\n1,,3\n0,2,0\n")
    let holes = try encode(hole, .single)
    #expect(inputs(holes, expands: true) == inputs(try encode(hole, .double), expands: true))
    #expect(holes.incomplete.contains(0))
  }

  /// Returns the numeric inputs of every row, in single precision.
  private func inputs(_ rows: EncodedRows, expands: Bool) -> [[Float]] {
    let cursor = RowCursor<Float>(rows, expands: expands)
    return (0..<rows.rowCount).map { row in
      cursor.move(to: row)
      guard let sparse = cursor.sparse else { return Array(cursor.numerics) }
      var inputs = [Float](repeating: 0, count: rows.numericCount)
      for (input, value) in zip(sparse.inputs, sparse.values) { inputs[Int(input)] = value }
      return inputs
    }
  }
}

@Suite("Sparse tables for a model with hostile column names")
struct StrangeFeatureTests {
  @Test(
    "column names that look like impossible features allocate no memory and do not trap",
    arguments: ["C9223372036854775807", "C-9223372036854775808", "C0", "C1000002"])
  func names(_ name: String) throws {
    let path = NSTemporaryDirectory() + "strange-\(UUID().uuidString).svm"
    try Data("1 1:5 3:7\n0 2:1\n".utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var options = ReadOptions()
    options.knownTypes = [name: .number, "C2": .number]
    options.onlyColumns = Set(options.knownTypes.keys)
    let piece = try FrameStream(path, name: "f", options: options).next()
    #expect(piece?.rowCount == 2 && piece?.column(named: "C2")?.number(at: 0) == 5)
  }
}
