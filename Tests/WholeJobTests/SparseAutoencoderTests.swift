import DeepLearning
import DurableFiles
import Foundation
import Jobs
import Models
import TestSupport
import Testing

/// `average_activation` in documentation mode: the mean activation reaches its target.
@Suite("Sparse autoencoders")
struct SparseAutoencoderTests {
  private static let folder = "\(Project.root)/Tests/Support/golden"

  struct Setting: Sendable, CustomTestStringConvertible {
    let activation: String
    let target: Double
    var more = ""

    var testDescription: String { "\(activation) \(target) \(more.replacing("\n", with: " "))" }
  }

  static let settings = [
    Setting(activation: "Rectifier", target: 0.3), Setting(activation: "Rectifier", target: 0.05),
    Setting(activation: "Rectifier", target: 1.5),
    Setting(activation: "Rectifier", target: 0.3, more: "adaptive_rate: false\nrate: 0.01"),
    Setting(activation: "Rectifier", target: 0.1, more: "adaptive_rate: false"),
    Setting(activation: "Rectifier", target: 0.2, more: "sparsity_beta: 0.01"),
    Setting(activation: "Rectifier", target: 0.2, more: "hidden: [12]\nrho: 0.95\nepsilon: 1e-6"),
    Setting(activation: "RectifierWithDropout", target: 0.3, more: "hidden_dropout_ratios: [0.2, 0.1]"),
    Setting(activation: "Tanh", target: 0.2), Setting(activation: "Tanh", target: -0.3),
    Setting(activation: "Tanh", target: 0.2, more: "adaptive_rate: false\nmomentum_start: 0.5\nmomentum_stable: 0.5"),
    Setting(activation: "ExpRectifier", target: 0.2), Setting(activation: "ExpRectifier", target: -0.2),
  ]

  @Test("in every hidden layer the mean activation is within a fifth of its target", arguments: settings)
  func reached(_ setting: Setting) async throws {
    let work = TemporaryFolder()
    var lines = [
      "training_frame: train.csv", "autoencoder: true", "seed: 3", "epochs: 30", "hidden: [10, 6]",
      "activation: \(setting.activation)", "average_activation: \(setting.target)", "sparsity_beta: 0.5",
      "ignored_columns: [y2, y3, yr, yc, yp, w, w01, o, f]", "train_samples_per_iteration: 0",
    ]
    for line in setting.more.split(separator: "\n") {
      lines.removeAll { $0.hasPrefix(line.prefix { $0 != ":" } + ":") }
      lines.append(String(line))
    }
    let result = try await Project.run(
      Array(lines.joined(separator: "\n").utf8), frames: Self.folder, work: work.path)
    let (model, rows) = try Project.encoded(result, "\(Self.folder)/train.csv")
    for layer in model.topology.hidden.indices {
      let outputs = ModelScorer(threads: 1).deepFeatures(model, rows, layer: layer)
      let mean = outputs.reduce(0, +) / Double(outputs.count)
      print("sparse autoencoder: \(setting.testDescription): layer \(layer) \(mean)")
      #expect(abs(mean - setting.target) <= 0.2 * abs(setting.target), "layer \(layer): \(mean)")
    }
  }
}
