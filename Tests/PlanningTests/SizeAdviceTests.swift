import DataFrames
import DurableFiles
import JobFiles
import Planning
import TestSupport
import Testing

@Suite("Advice for jobs that are too large")
struct SizeAdviceTests {
  /// A table of one column of `levels` levels and a numeric response.
  private static func wide(_ levels: Int) -> Frame {
    let rows = 0..<levels
    return Frame(
      path: "t.csv",
      columns: [
        Column(
          name: "c", values: .categorical(rows.map { Int32($0) }, levels: rows.map { "l\($0)" }), missing: RowSet()),
        Column(name: "x", values: .doubles(rows.map(Double.init)), missing: RowSet()),
      ])
  }

  @Test(
    "the layers, mini-batch and copies that a refusal suggests are accepted",
    arguments: [
      "hidden: [9000, 9000, 5]",
      "hidden: [60000]", "hidden: [40000]\nactivation: Maxout",
      "mini_batch_size: 65536\nhidden: [20000]",
      "training_shards: 64\nhidden: [8000, 8000]",
      "training_shards: 64\nmini_batch_size: 4000\nhidden: [4000]",
    ])
  func accepted(text: String) throws {
    let table = Self.wide(3000)
    let refusal = try #require(try PlannedJob("response_column: x\n\(text)").refusal(table))
    #expect(refusal.contains("weights and biases (") && refusal.contains(" for these numbers alone)"), "\(refusal)")
    let keys = ["mini_batch_size", "training_shards", "hidden"]
    let key = try #require(keys.first { refusal.contains("error: \($0) ") })
    let pattern = key == "hidden" ? #/\[[0-9, ]+\]/# : #/\d+(?= or less)/#
    let suggested = try #require(refusal.matches(of: pattern).last?.output, "\(refusal)")
    let kept = text.split(separator: "\n").filter { !$0.hasPrefix("\(key):") }.joined(separator: "\n")
    #expect(try PlannedJob("response_column: x\n\(kept)\n\(key): \(suggested)").refusal(table) == nil, "\(refusal)")
  }

  @Test("hidden layers that are too large by themselves are refused with the weights, and with layers that leave room")
  func withoutTable() throws {
    let error = #expect(throws: (any Error).self) { try PlannedJob("response_column: x\nhidden: [200000, 200000]") }
    let refusal = error.map { "\($0)" } ?? ""
    #expect(
      refusal.contains(
        "hidden [200000, 200000] makes at least 40,000,400,000 weights and biases (160 GB for these numbers alone); the "
          + "maximum is 100,000,000; use smaller layers: [8000, 8000] leaves room for 4,497 inputs and outputs"),
      "\(refusal)")
    #expect(try PlannedJob("response_column: x\nhidden: [8000, 8000]").refusal(Self.wide(4000)) == nil)
    #expect(throws: (any Error).self) { try PlannedJob("response_column: x\nhidden: [9000000000, 9000000000]") }
  }

  @Test("an estimate names a smaller network that fits, if the network needs most of the memory")
  func memory() throws {
    let folder = TemporaryFolder()
    let path = try folder.write("a,b,y\n" + (0..<100).map { "\($0),\($0 % 7),\($0 % 3)\n" }.joined(), to: "t.csv")
    func estimate(_ extra: String) throws -> JobEstimate {
      let text = "training_frame: \(path)\nresponse_column: y\n\(extra)\n"
      return try JobEstimate.of(try JobFileReader.read(Array(text.utf8), file: "a.yaml"), threads: 1) { $0 }
    }
    let large = try estimate("hidden: [2000, 1000]")
    let limit = 150_000_000
    #expect(large.memoryBytes > limit)
    let advice = try #require(large.advice(within: limit))
    let layers = try #require(advice.matches(of: #/hidden: \[.*\]/#).first?.output, "\(advice)")
    #expect(try estimate(String(layers)).memoryBytes <= limit, "\(advice)")
    #expect(large.advice(within: 1) == nil)
    #expect(try estimate("hidden: [5]").smallerNetworks.isEmpty)
    #expect(try estimate("grid: {hyper_params: {hidden: [[5], [2000, 1000]]}}").smallerNetworks.isEmpty)
  }
}
