import DeepLearning
import Models
import TestSupport
import Testing

@Suite("The native model file")
struct ModelFileTests {
  /// Models that were read from elsewhere have nothing to remember between steps.
  private static let rule = UpdateRule.momentum(
    RateSchedule(start: 0, annealing: 0, decayPerLayer: 1),
    MomentumSchedule(start: 0, stable: 0, ramp: 1, isNesterov: false))

  /// The file that the bytes hold; the rules of the model are those of `model`, whatever the header's number says.
  private func read(_ bytes: [UInt8], like model: Model) throws(SealedFileError) -> ModelFile {
    try ModelFile(bytes: bytes) { _ in model.rules }
  }

  /// The fixture as a model of our own: one whose rules have a record.
  private func file(_ name: String) throws -> ModelFile {
    let model = try FixtureModel(name).model
    let own = Model(
      topology: model.topology, objective: model.objective, dropout: model.dropout, encoding: model.encoding,
      rules: ModelRules(network: model.rules.network, tables: model.rules.tables, record: 3),
      classCorrection: model.classCorrection, state: model.state, huberAlpha: model.huberAlpha,
      defaultThreshold: model.defaultThreshold)
    return ModelFile(name: "fixture", model: own, rule: Self.rule, samples: 1234)
  }

  @Test("read back the same, and written the same again", arguments: FixtureModel.names)
  func roundTrip(_ name: String) throws {
    let (file, bytes) = (try file(name), try file(name).bytes())
    let read = try read(bytes, like: file.model)
    #expect(read == file)
    #expect(try read.bytes() == bytes)
    #expect(read.checksum == file.checksum && file.checksum.count == 16)
  }

  @Test("every changed byte is noticed", arguments: FixtureModel.names)
  func damage(_ name: String) throws {
    let file = try file(name)
    let bytes = try file.bytes()
    for index in stride(from: 0, to: bytes.count, by: 11) {
      var damaged = bytes
      damaged[index] ^= 1
      #expect(throws: SealedFileError.self, "byte \(index)") { try read(damaged, like: file.model) }
    }
  }

  @Test("what is read scores as what was written", arguments: FixtureModel.names)
  func scores(_ name: String) throws {
    let fixture = try FixtureModel(name)
    let read = try read(file(name).bytes(), like: fixture.model).model
    let rows = try read.encode(FixtureModel.table, isForPrediction: true).rows
    #expect(ModelScorer(threads: 1).predict(read, rows) == (try fixture.outputs()))
  }

  @Test("weights tell models apart")
  func identifiers() throws {
    let identifiers = try FixtureModel.names.map { try file($0).identifier }
    #expect(Set(identifiers).count == identifiers.count)
  }
}
