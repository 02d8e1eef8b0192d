import DurableFiles
import Foundation
import TestSupport
import Testing

/// The small cases of `Tests/Support/parity/recipe.json`: iris with given initial weights, and
/// every update rule, loss and distribution once.
@Suite("Given initial weights train as in H2O")
struct GoldenRecipeTests {
  private static let path = "\(Project.root)/Tests/Support/parity/recipe.json"
  private static let tolerance = 1e-6

  static let cases: [String] = (try? golden()["cases"] as? [[String: Any]])?.compactMap { $0["name"] as? String } ?? []

  private static func golden() throws -> [String: Any] {
    let bytes = try FileSystem().read(path, limit: 1 << 24)
    return try require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any], "golden")
  }

  @Test("all cases are present")
  func complete() { #expect(Self.cases.count == 18) }

  @Test("weights and biases after 600 rows", arguments: cases)
  func weights(_ name: String) async throws {
    let golden = try Self.golden()
    let all = try require(golden["cases"] as? [[String: Any]], "cases")
    let example = try require(all.first { $0["name"] as? String == name }, name)
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    let kind = try require(example["kind"] as? String, "kind")
    try writeTable(golden, kind: kind, to: data.path)
    let layers = try writeWeights(example, to: data.path)
    var job = "training_frame: iris.csv\ncompatibility: h2o-3.46\n"
    job +=
      ["cls": "response_column: Species\n", "reg": "response_column: x3\n", "ae": "autoencoder: true\n"][kind] ?? ""
    for (key, value) in try require(example["params"] as? [String: Any], "params") {
      job += "\(key): \(text(value))\n"
    }
    for part in ["weights", "biases"] {
      job += "initial_\(part): [\((0..<layers).map { "\(part)_\($0).csv" }.joined(separator: ", "))]\n"
    }
    let result = try await Project.run(Array(job.utf8), frames: data.path, work: work.path)
    let difference = try difference(example, result)
    print("parity: recipe \(name): \(difference)")
    #expect(difference <= Self.tolerance)
  }

  private func writeTable(_ golden: [String: Any], kind: String, to folder: String) throws {
    let rows = try require(golden["x"] as? [[Double]], "x")
    let labels = try require(golden["labels"] as? [Int], "labels")
    let domain = try require(golden["domain"] as? [String], "domain")
    let header = "x0,x1,x2,x3" + (kind == "cls" ? ",Species" : "")
    let lines = zip(rows, labels).map { row, label in
      row.map { "\($0)" }.joined(separator: ",") + (kind == "cls" ? ",\(domain[label])" : "")
    }
    try FileSystem().write(([header] + lines).joined(separator: "\n").utf8, to: "\(folder)/iris.csv")
  }

  private func writeWeights(_ example: [String: Any], to folder: String) throws -> Int {
    let weights = try require(example["w0"] as? [[[Double]]], "w0")
    let biases = try require(example["b0"] as? [[Double]], "b0")
    for layer in weights.indices {
      let rows = weights[layer].map { $0.map { "\($0)" }.joined(separator: ",") }
      try FileSystem().write(rows.joined(separator: "\n").utf8, to: "\(folder)/weights_\(layer).csv")
      let column = biases[layer].map { "\($0)" }
      try FileSystem().write(column.joined(separator: "\n").utf8, to: "\(folder)/biases_\(layer).csv")
    }
    return weights.count
  }

  private func difference(_ example: [String: Any], _ result: String) throws -> Double {
    let weights = try require(example["w"] as? [[[Double]]], "w")
    let biases = try require(example["b"] as? [[Double]], "b")
    var largest = 0.0
    for layer in weights.indices {
      for (name, expected) in [("weights", weights[layer]), ("biases", biases[layer].map { [$0] })] {
        let bytes = try FileSystem().read("\(result)/weights/\(name)_\(layer).csv", limit: 1 << 24)
        let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
        guard rows.count == expected.count else { return .infinity }
        for (row, golden) in zip(rows, expected) {
          for (field, value) in zip(row.split(separator: ","), golden) {
            largest = max(largest, abs((Double(field) ?? .infinity) - value))
          }
        }
      }
    }
    return largest
  }

  private func text(_ value: Any) -> String {
    if let list = value as? [Any] { return "[" + list.map(text).joined(separator: ", ") + "]" }
    if let number = value as? NSNumber, CFBooleanLike.isBoolean(number) { return number.boolValue ? "true" : "false" }
    return "\(value)"
  }
}

/// Distinguishes true and false from 1 and 0 in results of JSONSerialization.
private enum CFBooleanLike {
  static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
