internal import DataFrames
internal import DeepLearning
package import Models

/// A model in a plain form that foreign formats can express, without hashing or transforms.
///
/// Each categorical column has a unit per level and one for missing levels. Hashing and transforms
/// are linear in the one-hot units, so they can be folded into the weights of the first layer: the
/// weight of a level is the sum over its inputs. Predictions are the same except for rounding in single precision.
package enum PlainModel {
  /// The maximum number of one-hot units; the first layer of a larger model would not fit in a file.
  private static let maximumUnits = 4_000_000

  /// Converts a single network to plain form; returns it unchanged if it is plain already.
  ///
  /// - Throws: ``ExportError/inexpressible(format:reason:)`` for autoencoders with hashing or
  ///   transforms, whose outputs are those inputs.
  package static func of(_ model: Model, format: String) throws(ExportError) -> Model {
    let encoding = model.encoding
    guard encoding.hash != nil || encoding.transforms.contains(where: { !$0.isReordering }) else { return model }
    guard model.objective.reconstructed == nil else {
      throw .inexpressible(
        format: format,
        reason:
          "an autoencoder with max_categorical_features or categorical_encoding reconstructs inputs that only this "
          + "program can compute; train it with OneHotInternal")
    }
    var builder = Builder(model)
    builder.build()
    guard builder.unitCount <= maximumUnits else {
      throw .inexpressible(format: format, reason: "it has \(builder.unitCount) levels; the maximum is \(maximumUnits)")
    }
    return builder.model()
  }

  /// An input of the plain model as a weighted sum of inputs of the original.
  private typealias Combination = [(input: Int, factor: Double)]

  private struct Builder {
    let original: Model
    private var categoricals: [RowEncoding.Categorical] = []
    private var numerics: [RowEncoding.Numeric] = []
    private var combinations: [Combination] = []
    private var numericCombinations: [Combination] = []

    init(_ model: Model) { original = model }

    var unitCount: Int { combinations.count }

    mutating func build() {
      let encoding = original.encoding
      let derived = Set(encoding.transforms.filter { !$0.isReordering }.flatMap(\.names))
      for column in encoding.categoricals where !derived.contains(column.name) {
        add(column.name, levels: column.levels) {
          encoding.unit(column, level: $0) ?? -1
        } missing: {
          encoding.missingUnit(column)
        }
      }
      for transform in encoding.transforms where !transform.isReordering { add(transform) }
      // The missing indicators of numbers that stand for levels are folded into the missing level.
      let folded = Set(zip(encoding.indicatorNames, encoding.indicators).filter { derived.contains($1) }.map(\.0))
      for (index, column) in encoding.numerics.enumerated()
      where !derived.contains(column.name) && !folded.contains(column.name) {
        numerics.append(column)
        numericCombinations.append([(encoding.categoricalInputs + index, 1)])
      }
    }

    /// Adds a column whose levels have their own units; unit -1 is the first level without one.
    private mutating func add(_ name: String, levels: [String], unit: (Int) -> Int, missing: () -> Int) {
      let first = combinations.count
      for level in levels.indices { combinations.append(inputs(ofUnit: unit(level))) }
      combinations.append(inputs(ofUnit: missing()))
      categoricals.append(.init(name: name, levels: levels, firstUnit: first, hasMissing: true))
    }

    private func inputs(ofUnit unit: Int) -> Combination {
      guard let hash = original.encoding.hash else { return unit < 0 ? [] : [(unit, 1)] }
      if unit < 0, original.rules.tables.hashedLevels == .withUnits { return [] }
      return [(Int(hash.slot(of: Int32(unit))), 1)]
    }

    private mutating func add(_ transform: ColumnTransform) {
      let encoding = original.encoding
      let levels = transform.sourceLevels
      if let target = encoding.categoricals.first(where: { transform.names.contains($0.name) }) {
        // EnumLimited: rare levels share the unit of "other".
        let index = Dictionary(uniqueKeysWithValues: target.levels.enumerated().map { ($1, $0) })
        let other = index[ColumnTransform.otherLevel] ?? target.levels.count - 1
        add(transform.source, levels: levels) {
          encoding.unit(target, level: index[levels[$0]] ?? other) ?? -1
        } missing: {
          encoding.missingUnit(target)
        }
        return
      }
      let columns = transform.names.compactMap { name in
        encoding.numerics.firstIndex { $0.name == name }.map { ($0, encoding.numerics[$0]) }
      }
      func combination(_ values: [Double?]) -> Combination {
        columns.enumerated().map { place, entry in
          let (index, column) = entry
          let missing =
            original.rules.tables.scoredGaps == .zeroInput ? 0 : column.input(column.mean)
          let input = values[place].map(column.input) ?? missing
          return (encoding.categoricalInputs + index, input)
        }
      }
      let used = transform.names.indices.filter { place in
        encoding.numerics.contains { $0.name == transform.names[place] }
      }
      let first = combinations.count
      for level in levels.indices {
        let values = transform.numbers(ofLevel: level)
        combinations.append(combination(used.map { values[$0] }))
      }
      let missing = transform.numbers(ofLevel: nil)
      combinations.append(combination(used.map { missing[$0] }) + gaps(of: transform))
      categoricals.append(.init(name: transform.source, levels: levels, firstUnit: first, hasMissing: true))
    }

    /// Returns the missing indicators of the numbers that a column was transformed into.
    private func gaps(of transform: ColumnTransform) -> Combination {
      let encoding = original.encoding
      return zip(encoding.indicatorNames, encoding.indicators).compactMap { name, source in
        guard transform.names.contains(source) else { return nil }
        return encoding.numerics.firstIndex { $0.name == name }.map {
          (input: encoding.categoricalInputs + $0, factor: 1)
        }
      }
    }

    func model() -> Model {
      let old = original.encoding
      let kept = Set(numerics.map(\.name))
      let all = combinations + numericCombinations
      let encoding = RowEncoding(
        transforms: old.transforms.filter(\.isReordering), categoricals: categoricals, numerics: numerics,
        usesAllLevels: true, isSparse: old.isSparse, indicators: old.indicators.filter(kept.contains),
        response: old.response, weights: old.weights, offset: old.offset)
      let topology = NetworkTopology(
        inputs: all.count, categoricalInputs: combinations.count, categoricalColumns: categoricals.count,
        hasSparseNumerics: old.isSparse, hidden: original.topology.hidden, outputs: original.topology.outputs,
        activation: original.topology.activation)
      var state = original.state
      state.layers[0] = LayerState(
        weights: weights(all), biases: state.layers[0].biases, rule: .noMemory)
      return Model(
        topology: topology, objective: original.objective, dropout: original.dropout, encoding: encoding,
        rules: original.rules, classCorrection: original.classCorrection, state: state,
        huberAlpha: original.huberAlpha, defaultThreshold: original.defaultThreshold)
    }

    /// Returns the weights of the first layer for the plain inputs.
    private func weights(_ combinations: [Combination]) -> [Float] {
      let channels = original.topology.channels(of: 0)
      let units = original.topology.units(of: 0)
      let inputs = original.topology.inputs
      let weights = original.state.layers[0].weights
      var result = [Float](repeating: 0, count: units * combinations.count * channels)
      for unit in 0..<units {
        for (place, combination) in combinations.enumerated() {
          for channel in 0..<channels {
            var sum = 0.0
            for (input, factor) in combination {
              sum += factor * Double(weights[(unit * inputs + input) * channels + channel])
            }
            result[(unit * combinations.count + place) * channels + channel] = Float(sum)
          }
        }
      }
      return result
    }
  }
}

extension UpdateRule {
  /// The rule for networks that are only scored, never trained.
  static let noMemory = UpdateRule.momentum(
    RateSchedule(start: 0, annealing: 0, decayPerLayer: 1),
    MomentumSchedule(start: 0, stable: 0, ramp: 1, isNesterov: false))
}
