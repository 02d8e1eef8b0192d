internal import DataFrames
package import DeepLearning

/// The native model file: everything needed to score raw rows and to continue training.
package struct ModelFile: Sendable, Equatable {
  /// The maximum size; larger files are refused when read.
  package static let maximumBytes = 4 << 30
  /// The maximum width of a layer: wider layers exceed ``maximumBytes`` anyway, and the product of
  /// two widths does not overflow.
  private static let maximumUnits = 1 << 30

  package let name: String
  package let model: Model
  package let rule: UpdateRule
  /// The number of rows trained.
  package let samples: Int

  package init(name: String, model: Model, rule: UpdateRule, samples: Int) {
    self.name = name
    self.model = model
    self.rule = rule
    self.samples = samples
  }

  /// The weights of all networks, the model's own first.
  private var stateBytes: [UInt8] {
    var bytes: [UInt8] = []
    for (_, network) in model.networks { StateCoding.encode(network.state, into: &bytes) }
    return bytes
  }

  /// The checksum of the weights, which distinguishes models.
  package var identifier: UInt64 { Checksum.crc64(stateBytes[...]) }

  /// The identifier in hexadecimal digits.
  package var checksum: String {
    let digits = String(identifier, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private struct Header: Codable {
    let name: String
    let topology: NetworkTopology
    let objective: Objective
    let dropout: Dropout
    let encoding: RowEncoding
    /// Nil in files of version 2, and without a notation.
    let notation: TableNotation?
    let record: Int
    let classCorrection: [Double]?
    let huberAlpha: Double
    let defaultThreshold: Double
    let rule: UpdateRule
    let samples: Int
    /// Nil for a single network.
    let ensemble: EnsembleHeader?

    enum CodingKeys: String, CodingKey {
      case name, topology, objective, dropout, encoding, notation, classCorrection, huberAlpha, defaultThreshold, rule
      case samples, ensemble
      // The key in the file format.
      case record = "quirks"
    }

    /// True if the parts of the file match each other.
    ///
    /// The checksum detects damage only; anyone can create a file with a valid checksum.
    var isSound: Bool {
      guard encoding.isSound, isSound(topology, dropout),
        classCorrection?.count ?? topology.outputs == topology.outputs
      else { return false }
      if let ensemble {
        let shares = [ensemble.ownShare] + ensemble.members.map(\.share)
        guard shares.allSatisfy({ $0 > 0 && $0 <= 1 }), abs(shares.reduce(0, +) - 1) < 1e-6,
          ensemble.members.allSatisfy({ isSound($0.topology, $0.dropout) && $0.topology.outputs == topology.outputs })
        else { return false }
      }
      return switch (objective, encoding.response) {
      case (.classification, .classes(_, let levels)): topology.outputs == levels.count
      case (.regression, .number): topology.outputs == 1
      case (.reconstruction, .none): topology.outputs == topology.inputs
      default: false
      }
    }

    private func isSound(_ topology: NetworkTopology, _ dropout: Dropout) -> Bool {
      let units = topology.units
      return units.count >= 2 && units.allSatisfy({ (1...ModelFile.maximumUnits).contains($0) })
        && topology.inputs == encoding.inputCount && topology.categoricalInputs == encoding.categoricalInputs
        && topology.categoricalColumns == encoding.categoricals.count
        && topology.hashesCategoricals == (encoding.hash != nil)
        && dropout.hiddenRatios?.count ?? topology.hidden.count == topology.hidden.count
    }
  }

  /// The networks of an ensemble without their weights, which follow those of the model's own network.
  private struct EnsembleHeader: Codable {
    struct Member: Codable {
      let name: String
      let share: Double
      let topology: NetworkTopology
      let dropout: Dropout
      let rule: UpdateRule
    }

    let ownName: String
    let ownShare: Double
    let members: [Member]
  }

  /// Whether the model has parts that programs before version 4 of the file would misread.
  private var isExtended: Bool {
    StateCoding.isExtended(model.state) || model.encoding.clips || !model.topology.activation.isKnownToH2O
      || rule.isRecent || model.objective.distribution?.isKnownToH2O == false
  }

  package func bytes() throws -> [UInt8] {
    guard let record = model.rules.record else {
      preconditionFailure(
        "the model '\(name)' comes from a file of another program, which does not record its rules")
    }
    let header = Header(
      name: name, topology: model.topology, objective: model.objective, dropout: model.dropout,
      encoding: model.encoding, notation: model.notation.isEmpty ? nil : model.notation, record: record,
      classCorrection: model.classCorrection,
      huberAlpha: model.huberAlpha,
      defaultThreshold: model.defaultThreshold, rule: rule, samples: samples,
      ensemble: model.ensemble.map { ensemble in
        EnsembleHeader(
          ownName: ensemble.ownName, ownShare: ensemble.ownShare,
          members: ensemble.members.map {
            .init(name: $0.name, share: $0.share, topology: $0.topology, dropout: $0.dropout, rule: $0.rule)
          })
      })
    return SealedFile(
      kind: .model, header: try JSONCoding.encode(header), payload: stateBytes, isExtended: isExtended,
      hasMembers: model.ensemble != nil
    ).bytes
  }

  /// Reads a model.
  ///
  /// - Parameters:
  ///   - bytes: The content of the file.
  ///   - rules: Returns the rules for a ``ModelRules/record``.
  /// - Throws: ``SealedFileError`` for a damaged file, or if its parts do not match each other.
  package init(bytes: [UInt8], rules: (Int) -> ModelRules) throws(SealedFileError) {
    let file = try SealedFile(kind: .model, bytes: bytes)
    let header = try JSONCoding.decode(Header.self, from: file.header)
    guard header.isSound else { throw .implausible("parts of the model that do not match") }
    guard PlausibleRanges.counts.contains(header.samples) else { throw .implausible("samples \(header.samples)") }
    var reader = StateCoding.Reader(file.payload)
    let state = try reader.state(topology: header.topology, rule: header.rule)
    var members: [Ensemble.Member] = []
    for member in header.ensemble?.members ?? [] {
      members.append(
        .init(
          name: member.name, share: member.share, topology: member.topology, dropout: member.dropout,
          state: try reader.state(topology: member.topology, rule: member.rule), rule: member.rule))
    }
    guard reader.isAtEnd else { throw .damaged }
    name = header.name
    var model = Model(
      topology: header.topology, objective: header.objective, dropout: header.dropout, encoding: header.encoding,
      rules: rules(header.record), notation: header.notation ?? TableNotation(),
      classCorrection: header.classCorrection, state: state,
      huberAlpha: header.huberAlpha, defaultThreshold: header.defaultThreshold)
    if let ensemble = header.ensemble {
      model.ensemble = Ensemble(ownName: ensemble.ownName, ownShare: ensemble.ownShare, members: members)
    }
    self.model = model
    rule = header.rule
    samples = header.samples
  }
}
