import DataFrames
import Foundation
import Reports
import TestSupport
import Testing

@Suite("The script that reads fields in Python")
struct FieldScriptTests {
  /// Returns the values of `texts` that the functions for columns of `notation` give; NaN for a missing one, nil for an
  /// error.
  private func values(_ texts: [String], _ notation: ColumnNotation, isTime: Bool = false) throws -> [Double?] {
    var table = TableNotation()
    table.columns["wert"] = notation
    let column = RowEncoding.Numeric(name: "wert", mean: 0, subtract: 0, multiply: 1, isTime: isTime)
    let call = isTime ? "moment(text, formats[\"wert\"])" : "number(text, \"wert\" in commas)"
    let program = """
      import datetime, json, re, sys
      \(FieldScript([column], notation: table).text)
      for text in json.load(sys.stdin):
          try:
              print(\(call))
          except ValueError:
              print("error")
      """
    let python = Process()
    python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    python.arguments = ["python3", "-c", program]
    let (input, output) = (Pipe(), Pipe())
    (python.standardInput, python.standardOutput) = (input, output)
    try python.run()
    try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(texts))
    try input.fileHandleForWriting.close()
    let lines = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
      .split(separator: "\n")
    python.waitUntilExit()
    try #require(python.terminationStatus == 0)
    return lines.map { Double($0) }
  }

  @Test(
    "numbers have the values that the commands read",
    arguments: [
      (
        DecimalMark.comma, ["80,99", "1.234,5", "1.234.567", "-0,5", "12", "12,5 %", "1 234,5", "1'234", "80.99", "NA"]
      ),
      (.point, ["80.99", "1,234.5", "1,234,567", "-.5", "12", "12.5%", "1 234.5", "1’234", "1e-3", ""]),
    ])
  func numbers(mark: DecimalMark, texts: [String]) throws {
    var notation = ColumnNotation()
    notation.decimalMark = mark
    let found = try values(texts, notation)
    #expect(found.count == texts.count)
    for (text, value) in zip(texts, found) {
      // Fields that fit only the other notation are read in that one.
      let wanted = notation.number(text) ?? Double(text)
      #expect(value == wanted || (wanted == nil && value?.isNaN == true), "\(text)")
    }
  }

  @Test("what is no number is an error, and words of the training table are missing")
  func misfits() throws {
    var notation = ColumnNotation()
    notation.missingWords = ["k. A.", "\"\\"]
    let found = try values(["k. A.", "\"\\", "kein", "1.2.3", "12,34"], notation)
    #expect(found.prefix(2).allSatisfy { $0?.isNaN == true } && found.dropFirst(2).allSatisfy { $0 == nil })
  }

  @Test("dates are read in the order and the format of the training table")
  func dates() throws {
    let second = 1_754_092_800_000.0
    var dayFirst = ColumnNotation()
    dayFirst.dateOrder = .dayFirst
    let german = [
      "02.08.2025", "02.08.25", "2/8/2025", "2025-08-02", "2025/08/02 00:00", "2025-08-02T02:00+02:00", "?",
    ]
    let found = try values(german, dayFirst, isTime: true)
    #expect(found.dropLast().allSatisfy { $0 == second } && found.last??.isNaN == true, "\(found)")
    #expect(
      try values(["8/2/2025", "08/02/2025 12:30 AM"], ColumnNotation(), isTime: true) == [second, second + 1_800_000])
    var stated = ColumnNotation()
    stated.dateFormat = "dd MMM yyyy HH:mm"
    #expect(
      try values(["02 Aug 2025 01:00", "02 August 2025 01:00", "2. 8. 2025"], stated, isTime: true)
        == [second + 3_600_000, second + 3_600_000, nil])
  }
}
