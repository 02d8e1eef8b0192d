import DataFrames
import Foundation
import TestSupport
import Testing

/// All files of Tests/Support/tables/cases.json, valid and invalid; `compare_h2o.py` asks H2O about the valid ones.
@Suite("Table files and their content")
struct TableCasesTests {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let text: String?
    let base64: String?
    /// The lines of a job file that control how the table is read.
    let job: String
    /// The table in the format of ``describe``.
    let table: String?
    /// The required parts of the error message.
    let error: [String]?

    var testDescription: String { name }
    var data: Data { base64.flatMap { Data(base64Encoded: $0) } ?? Data((text ?? "").utf8) }
  }

  static let cases: [Case] = (try? SupportFiles.cases("tables/cases.json")) ?? []

  @Test("the case file is complete")
  func count() { #expect(Self.cases.count >= 120) }

  @Test("each file gives the expected table or error", arguments: cases)
  func read(_ one: Case) throws {
    if let table = one.table {
      #expect(describe(try frame(one.data, job: one.job)) == table)
    } else {
      let error = #expect(throws: FrameError.self) { try frame(one.data, job: one.job) }
      for part in one.error ?? ["an error needs expected text"] {
        #expect("\(error.map { "\($0)" } ?? "")".contains(part), "\(part)")
      }
    }
  }

  @Test("no changed byte and no truncation makes a reader crash or hang", arguments: cases)
  func damaged(_ one: Case) throws {
    let bytes = [UInt8](one.data)
    var state = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ below: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(max(1, below)))
    }
    let marks = Array(",;\"'\n\r\t {}:@%#0-?\u{0}é".utf8)
    for _ in 0..<20 {
      var changed = bytes
      for _ in 0...random(3) where !changed.isEmpty {
        switch random(4) {
        case 0: changed[random(changed.count)] = marks[random(marks.count)]
        case 1: changed.remove(at: random(changed.count))
        case 2: changed.insert(marks[random(marks.count)], at: random(changed.count))
        default: changed = Array(changed.prefix(random(changed.count + 1)))
        }
      }
      // An error is a valid result; only a crash or a hang is a failure.
      if let table = try? frame(Data(changed), job: one.job) {
        #expect(table.columns.allSatisfy { $0.rowCount == table.rowCount })
      }
    }
  }
}
