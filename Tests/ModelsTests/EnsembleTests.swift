import DataFrames
import DeepLearning
import Models
import TestSupport
import Testing

@Suite("Models of several networks")
struct EnsembleTests {
  private static let rule = UpdateRule.momentum(
    RateSchedule(start: 0, annealing: 0, decayPerLayer: 1),
    MomentumSchedule(start: 0, stable: 0, ramp: 1, isNesterov: false))

  /// Returns the fixture as a model of this program, with its weights multiplied by `factor`.
  private func file(_ name: String, _ factor: Float = 1) throws -> ModelFile {
    let model = try FixtureModel(name).model
    var state = model.state
    for layer in state.layers.indices {
      for index in state.layers[layer].weights.indices { state.layers[layer].weights[index] *= factor }
    }
    let own = Model(
      topology: model.topology, objective: model.objective, dropout: model.dropout, encoding: model.encoding,
      rules: ModelRules(network: model.rules.network, tables: model.rules.tables, record: 3),
      classCorrection: model.classCorrection, state: state, huberAlpha: model.huberAlpha,
      defaultThreshold: model.defaultThreshold)
    return ModelFile(name: "\(name) \(factor)", model: own, rule: Self.rule, samples: 1234)
  }

  private func outputs(_ model: Model) throws -> [Double] {
    ModelScorer(threads: 1).predict(model, try model.encode(FixtureModel.table, isForPrediction: true).rows)
  }

  private static let names = ["maxout", "multi", "reg"]

  @Test("the mean of probabilities, or of numbers in the units of the response", arguments: names)
  func mean(_ name: String) throws {
    let parts: [(file: ModelFile, share: Double)] = [
      (try file(name), 0.5), (try file(name, 0.5), 0.3), (try file(name, -1), 0.2),
    ]
    let single = try parts.map { try outputs($0.file.model) }
    let found = try outputs(Model.mean(of: parts))
    for index in found.indices {
      let expected = zip(single, parts).reduce(0.0) { sum, part in sum + part.1.share * part.0[index] }
      // Three products of numbers of the size of the result, in double precision.
      #expect(abs(found[index] - expected) <= 1e-14 * max(1, abs(expected)))
    }
  }

  @Test("a file with several networks is read and written without change, in a version of its own", arguments: names)
  func roundTrip(_ name: String) throws {
    let first = try file(name)
    let model = Model.mean(of: [(first, 0.75), (try file(name, 0.5), 0.25)])
    let file = ModelFile(name: "e", model: model, rule: Self.rule, samples: 1)
    let bytes = try file.bytes()
    let read = try ModelFile(bytes: bytes) { _ in model.rules }
    #expect(bytes[8] == 5 && read == file)
    #expect(try outputs(read.model) == outputs(model))
    #expect(read.model.ensemble?.shares.map(\.name) == ["\(name) 1.0", "\(name) 0.5"])
    #expect(read.checksum != first.checksum && read.model.parameterCount == 2 * first.model.parameterCount)
    #expect(try first.bytes()[8] == 3)
  }

  @Test("shares that do not sum to 1 are refused")
  func shares() throws {
    let file = try file("reg")
    for share in [0.5, -1, 0] {
      let model = Model.mean(of: [(file, 0.75), (file, share)])
      let bytes = try ModelFile(name: "e", model: model, rule: Self.rule, samples: 1).bytes()
      #expect(throws: SealedFileError.self) { try ModelFile(bytes: bytes) { _ in model.rules } }
    }
  }

  @Test("only models that read the same inputs can be averaged")
  func joining() throws {
    let (one, other) = (try file("multi").model, try file("reg").model)
    #expect(one.canJoin(try file("multi", 2).model) && !one.canJoin(other))
    #expect(!one.canJoin(Model.mean(of: [(try file("multi"), 0.5), (try file("multi", 2), 0.5)])))
    let autoencoder = try file("ae").model
    #expect(!autoencoder.canJoin(autoencoder))
  }
}
