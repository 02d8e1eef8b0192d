import DurableFiles
import Foundation
import Testing

@Suite("The --threshold option of predict and export")
struct LabelThresholdCommandTests {
  @Test("predictions and exports use the given threshold; values out of range are usage errors")
  func threshold() throws {
    let folder = NSTemporaryDirectory() + "threshold-\(UUID().uuidString)"
    try FileSystem().makeFolder(folder)
    defer { try? FileSystem().removeTree(folder) }
    let table = "\(Programs.samples)/prostate.csv"
    let job = """
      training_frame: \(table)
      response_column: CAPSULE
      column_types: {CAPSULE: enum}
      ignored_columns: [ID]
      hidden: [5]
      epochs: 5
      seed: 1
      """
    try FileSystem().write("\(job)\n".utf8, to: "\(folder)/job.yaml")
    let run = try Programs.deepspool(["run", "\(folder)/job.yaml", "--output", "\(folder)/result"])
    #expect(run.status == 0, "\(run.errors)")

    /// Returns for each row whether its label is 1, and its probability.
    func labels(_ model: String, _ more: [String]) throws -> [(isPositive: Bool, score: Double)] {
      let predicted = try Programs.deepspool(["predict", "--model", model, "--frame", table] + more)
      #expect(predicted.status == 0, "\(predicted.errors)")
      return predicted.output.split(separator: "\n").dropFirst().map { line in
        let cells = line.split(separator: ",")
        return (cells[0] == "1", Double(cells[2]) ?? .nan)
      }
    }
    let result = "\(folder)/result"
    let own = try labels(result, [])
    let given = try labels(result, ["--threshold", "0.6"])
    #expect(given.count == 380 && given.allSatisfy { $0.isPositive == ($0.score >= 0.6) })
    #expect(own.map(\.score) == given.map(\.score) && own.map(\.isPositive) != given.map(\.isPositive))
    let exported = try Programs.deepspool([
      "export", "--model", result, "--format", "mojo", "--output", "\(folder)/m.zip", "--threshold", "0.6", "--check",
      table,
    ])
    #expect(exported.status == 0, "\(exported.errors)")
    #expect(try labels("\(folder)/m.zip", []).map(\.isPositive) == given.map(\.isPositive))
    for value in ["0", "1", "1.5", "x"] {
      let refused = try Programs.deepspool(["predict", "--model", result, "--frame", table, "--threshold", value])
      #expect(refused.status == 64 && refused.errors.contains("--threshold"), "\(value): \(refused.errors)")
    }
    let three = try Programs.deepspool(["run", "\(Programs.samples)/iris.yaml", "--output", "\(folder)/iris"])
    #expect(three.status == 0, "\(three.errors)")
    let refused = try Programs.deepspool([
      "predict", "--model", "\(folder)/iris", "--frame", "\(Programs.samples)/iris.csv", "--threshold", "0.5",
    ])
    #expect(refused.status == 65 && refused.errors.contains("is for models of two classes"))
  }
}
