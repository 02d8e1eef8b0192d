import DataFrames
import DeepLearning
import Exports
import Models
import Testing

/// Anyone who may submit a job can supply a MOJO, so its numbers must never crash the program.
@Suite("Numbers of a MOJO")
struct MOJOSoundnessTests {
  @Test("the archive that the other tests damage is valid and scores")
  func sound() throws {
    let model = try MOJOReader.model(HandMadeMOJO().bytes)
    #expect(model.topology.units == [4, 1, 1])
    let frame = Frame(
      path: "t",
      columns: [
        Column(name: "c", values: .categorical([0, 1], levels: ["a", "b"]), missing: RowSet()),
        Column(name: "n", values: .doubles([1, 3]), missing: RowSet()),
      ])
    let outputs = ModelScorer(threads: 1).predict(model, try model.encode(frame, isForPrediction: true).rows)
    // tanh(0.1) and tanh(0.2 + 0.4), each plus the bias.
    #expect(abs(outputs[0] - 0.599668) < 1e-6 && abs(outputs[1] - 1.037050) < 1e-6)
  }

  private static let extremes = ["9223372036854775807", "-9223372036854775808", "4611686018427387904", "-1", "0", "5"]

  @Test(
    "every count that contradicts the others is refused, however large",
    arguments: ["n_features", "n_columns", "cats", "nums"], extremes)
  func counts(_ key: String, _ value: String) {
    refused(HandMadeMOJO(changes: [key: value]), "\(key) \(value)")
  }

  @Test(
    "pairs of counts whose sum overflows are refused",
    arguments: [
      ["n_features": "-2", "cats": "9223372036854775807", "nums": "9223372036854775807"],
      ["n_features": "9223372036854775807", "cats": "9223372036854775806", "nums": "1"],
      ["n_features": "2", "cats": "-9223372036854775808", "nums": "-9223372036854775806"],
      ["n_features": "9223372036854775807", "n_columns": "-9223372036854775808"],
    ])
  func sums(_ changes: [String: String]) { refused(HandMadeMOJO(changes: changes), "\(changes)") }

  @Test(
    "offsets that do not start with 0 and follow the levels are refused",
    arguments: [
      "[-9223372036854775808, 9223372036854775807]", "[5]", "[9223372036854775807]", "[]", "[0]", "[0, 4]", "[3, 0]",
      "[1, 4]", "[0, 3, 6]",
    ])
  func offsets(_ value: String) { refused(HandMadeMOJO(changes: ["cat_offsets": value]), value) }

  @Test(
    "offsets without categorical columns are refused too",
    arguments: ["[5]", "[9223372036854775807]", "[-1]", "[0, 0]"])
  func offsetsOfNothing(_ value: String) {
    var archive = HandMadeMOJO(changes: [
      "cats": "0", "nums": "2", "cat_offsets": value, "norm_mul": "[1.0, 1.0]", "norm_sub": "[0.0, 0.0]",
      "neural_network_sizes": "[2, 1, 1]", "weight_layer0": "[0.1, 0.2]",
    ])
    archive.domains = ""
    refused(archive, value)
    archive.changes["cat_offsets"] = "[0]"
    #expect(throws: Never.self) { try MOJOReader.model(archive.bytes) }
  }

  @Test(
    "missing layers, and layers too large to multiply, are refused",
    arguments: [
      "[4, 9223372036854775807, 1]", "[4, 2147483647, 2147483647, 1]", "[4, -1, 1]", "[4, 0, 1]", "[4]", "[4, 1, 2]",
      "[5, 1, 1]", "[4, 1, 1, 1]",
    ])
  func layers(_ value: String) { refused(HandMadeMOJO(changes: ["neural_network_sizes": value]), value) }

  @Test("columns of the same name are refused")
  func names() {
    var archive = HandMadeMOJO()
    archive.columns = ["c", "c", "y"]
    refused(archive, "columns")
    archive = HandMadeMOJO()
    archive.levels = "a\na\n"
    refused(archive, "levels")
  }

  private func refused(_ archive: HandMadeMOJO, _ what: String) {
    #expect(throws: ExportError.self, "\(what)") { try MOJOReader.model(archive.bytes) }
  }
}
