import Testing
import Wording

@Suite("Numbers with a unit where none is wanted")
struct PlainUnitTests {
  @Test(
    "the plain number to write is named",
    arguments: [
      ("max_memory_bytes", "40MB", "40000000"), ("--max-memory-bytes", "1.5 GiB", "1610612736"),
      ("max_runtime_secs", "2h", "7200"), ("stop_grace_seconds", "1 min", "60"), ("keep_results_days", "4 weeks", "28"),
      ("max_result_bytes_per_submitter", "5g", "5000000000"),
    ])
  func found(_ name: String, _ text: String, _ number: String) {
    let answer = PlainUnit(inName: name)?.answer(to: text)
    #expect(answer?.hasSuffix("without a unit, found '\(text)'; write \(number)") == true, "\(answer ?? "nil")")
  }

  @Test("an unknown unit is answered with an example, and other texts and names not at all")
  func others() {
    let answer = PlainUnit(inName: "max_memory_bytes")?.answer(to: "4 apples")
    #expect(
      answer == "expected a number of bytes without a unit, found '4 apples'; for example, write 8000000000 for 8 GB")
    for text in ["many", "", "40", "-", "4 + 4", "1e9"] {
      #expect(PlainUnit.bytes.answer(to: text) == nil, "\(text)")
    }
    #expect(PlainUnit(inName: "threads_per_job") == nil)
    #expect(PlainUnit.bytes.answer(to: "99999999999999 TB")?.contains("for example") == true)
  }
}
