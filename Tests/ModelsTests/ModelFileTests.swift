import DataFrames
import DeepLearning
import Models
import TestSupport
import Testing

@Suite("The native model file")
struct ModelFileTests {
  /// Models that were read from elsewhere keep no optimiser state.
  private static let rule = UpdateRule.momentum(
    RateSchedule(start: 0, annealing: 0, decayPerLayer: 1),
    MomentumSchedule(start: 0, stable: 0, ramp: 1, isNesterov: false))

  /// Reads a file; the rules are those of `model`, whatever number the header holds.
  private func read(_ bytes: [UInt8], like model: Model) throws(SealedFileError) -> ModelFile {
    try ModelFile(bytes: bytes) { _ in model.rules }
  }

  /// Returns the fixture as a model of this program, whose rules have a record.
  private func file(_ name: String) throws -> ModelFile {
    let model = try FixtureModel(name).model
    let own = Model(
      topology: model.topology, objective: model.objective, dropout: model.dropout, encoding: model.encoding,
      rules: ModelRules(network: model.rules.network, tables: model.rules.tables, record: 3),
      classCorrection: model.classCorrection, state: model.state, huberAlpha: model.huberAlpha,
      defaultThreshold: model.defaultThreshold)
    return ModelFile(name: "fixture", model: own, rule: Self.rule, samples: 1234)
  }

  @Test("round trip: a file is read and written without change", arguments: FixtureModel.names)
  func roundTrip(_ name: String) throws {
    let (file, bytes) = (try file(name), try file(name).bytes())
    let read = try read(bytes, like: file.model)
    #expect(read == file)
    #expect(try read.bytes() == bytes)
    #expect(read.checksum == file.checksum && file.checksum.count == 16)
  }

  @Test("an absent column is named with the most similar one that was not read")
  func absentColumn() throws {
    let table = FixtureModel.table
    let frame = Frame(
      path: "p.csv", columns: table.columns.filter { $0.name != "x1" }, unreadNames: ["y", "X11", "comment"])
    let warnings = try FixtureModel("reg").model.encode(frame, isForPrediction: true).warnings
    #expect(
      warnings.contains("'p.csv' has no column 'x1' (did you mean 'X11'?); its values count as missing"), "\(warnings)")
  }

  @Test("the notation of the training table is kept")
  func notation() throws {
    let file = try file("reg")
    var notation = TableNotation()
    notation.columns["x1"] = ColumnNotation()
    notation.columns["x1"]?.dateOrder = .dayFirst
    notation.columns["x2"] = ColumnNotation()
    notation.columns["x2"]?.decimalMark = .comma
    notation.missingWords = ["", "-9"]
    let own = file.model
    let model = Model(
      topology: own.topology, objective: own.objective, dropout: own.dropout, encoding: own.encoding, rules: own.rules,
      notation: notation, classCorrection: own.classCorrection, state: own.state)
    let bytes = try ModelFile(name: "m", model: model, rule: Self.rule, samples: 1).bytes()
    #expect(try read(bytes, like: model).model.notation == notation)
  }

  @Test("a file of version 2, which has no notation, is read")
  func version2() throws {
    let bytes = try SupportFiles.bytes("models/version-2.deepspool")
    let file = try read(bytes, like: FixtureModel("reg").model)
    #expect(bytes[8] == 2 && file.model.notation.isEmpty && file.model.encoding.numerics.map(\.name) == ["d", "x"])
  }

  @Test("every changed byte is detected", arguments: FixtureModel.names)
  func damage(_ name: String) throws {
    let file = try file(name)
    let bytes = try file.bytes()
    for index in stride(from: 0, to: bytes.count, by: 11) {
      var damaged = bytes
      damaged[index] ^= 1
      #expect(throws: SealedFileError.self, "byte \(index)") { try read(damaged, like: file.model) }
    }
  }

  @Test("a model scores the same after reading", arguments: FixtureModel.names)
  func scores(_ name: String) throws {
    let fixture = try FixtureModel(name)
    let read = try read(file(name).bytes(), like: fixture.model).model
    let rows = try read.encode(FixtureModel.table, isForPrediction: true).rows
    #expect(ModelScorer(threads: 1).predict(read, rows) == (try fixture.outputs()))
  }

  @Test("the identifier depends on the weights")
  func identifiers() throws {
    let identifiers = try FixtureModel.names.map { try file($0).identifier }
    #expect(Set(identifiers).count == identifiers.count)
  }
}
