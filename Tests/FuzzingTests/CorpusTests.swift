import Exports
import Foundation
import FuzzReaders
import Testing

/// Regression tests of `make fuzz`: every reader reads its corpus again.
@Suite("Fuzzed readers")
struct CorpusTests {
  @Test("no input of the corpus makes a reader crash or hang", arguments: FuzzedReader.allCases)
  func corpus(_ reader: FuzzedReader) throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let archive = try Data(contentsOf: tests.appendingPathComponent("Fuzzing/corpus/\(reader.rawValue).zip"))
    let inputs = try ZipArchive.entries(Array(archive), maximumBytes: 1 << 26)
    #expect(inputs.count >= 100)
    for bytes in inputs.values { reader.read(bytes) }
  }
}
