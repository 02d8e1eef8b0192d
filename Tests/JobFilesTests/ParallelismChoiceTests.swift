import Documents
import JobFiles
import Testing

@Suite("Models of a grid at the same time")
struct ParallelismChoiceTests {
  private func check(_ value: String) throws -> (job: JobFile, faults: [String]) {
    let text = "training_frame: t.csv\nresponse_column: y\ngrid: {hyper_params: {l2: [0, 1]}, parallelism: \(value)}\n"
    let (job, faults) = try JobFileReader.check(Array(text.utf8), file: "a.yaml")
    return (job, faults.map(\.description))
  }

  @Test(
    "auto and 0 are the threads of all ranks, which also limit a number",
    arguments: [("auto", 6), ("Auto", 6), ("0", 6), ("1", 1), ("4", 4), ("4.0", 4), ("1024", 6)])
  func count(_ value: String, _ models: Int) throws {
    let (job, faults) = try check(value)
    #expect(faults.isEmpty, "\(faults)")
    #expect(job.gridParallelism.models(threads: 6) == models)
    #expect(job.spreadsModels == (models != 1))
  }

  @Test(
    "other values are faults",
    arguments: [
      ("-1", "must be auto, or between 0 and 1024, found -1"), ("1025", "found 1025"),
      ("all", "expected a whole number or auto"), ("[1]", "expected a whole number or auto, found"),
    ])
  func refused(_ value: String, _ message: String) throws {
    let faults = try check(value).faults
    #expect(faults.count == 1 && faults.first?.contains(message) == true, "\(faults)")
  }
}
