import Exports
import Foundation
import FuzzReaders
import Testing

/// What libFuzzer found worth keeping, read again by every reader: the regressions of `make fuzz`.
@Suite("Fuzzed readers")
struct CorpusTests {
  @Test("nothing that was ever found makes a reader crash or hang", arguments: FuzzedReader.allCases)
  func corpus(_ reader: FuzzedReader) throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let archive = try Data(contentsOf: tests.appendingPathComponent("Fuzzing/corpus/\(reader.rawValue).zip"))
    let inputs = try ZipArchive.entries(Array(archive), maximumBytes: 1 << 26)
    #expect(inputs.count >= 100)
    for bytes in inputs.values { reader.read(bytes) }
  }
}
