package import DataFrames
internal import DeepLearning
package import Explanations
internal import Metrics
package import Models

/// Predictions of a table of any length, spread evenly over its rows.
///
/// It keeps every row of a short table; of a longer one it drops every second row whenever its memory is full.
package struct PredictionSample: Sendable {
  /// The largest number of kept outputs.
  private static let maximumOutputs = 1 << 20

  package let model: Model
  /// The number of all rows.
  package private(set) var rowCount = 0
  /// Row-major [kept rows x outputs].
  private(set) var outputs: [Double] = []
  /// The class index or response of each kept row; NaN if unknown.
  private(set) var actuals: [Double] = []
  private(set) var weights: [Double] = []
  /// The sums of the absolute contributions of each column; empty without contributions.
  private(set) var contributionSums: [Double] = []
  private(set) var contributionColumns: [String] = []
  private var step = 1
  private let classIndex: [String: Double]
  private let responseNotation: ColumnNotation
  private let weightNotation: ColumnNotation

  package init(_ model: Model) {
    self.model = model
    classIndex = Dictionary((model.classes ?? []).enumerated().map { ($1, Double($0)) }) { first, _ in first }
    let notations = model.notation.columns
    responseNotation = model.encoding.response.name.flatMap { notations[$0] } ?? ColumnNotation()
    weightNotation = model.encoding.weights.flatMap { notations[$0] } ?? ColumnNotation()
  }

  /// The columns that tell how good the predictions are, with the types in which they are read.
  ///
  /// Numbers are read as text, because a table without responses may have anything in their column.
  package static func columns(for model: Model) -> [String: ColumnType] {
    var columns: [String: ColumnType] = [:]
    if let weights = model.encoding.weights { columns[weights] = .text }
    if let response = model.encoding.response.name { columns[response] = model.classes == nil ? .text : .categorical }
    return columns
  }

  /// The number of kept rows.
  var keptCount: Int { actuals.count }

  /// Whether every row is kept.
  var isWhole: Bool { step == 1 }

  /// Adds the predictions of the next rows.
  ///
  /// - Parameters:
  ///   - outputs: Row-major [rows x outputs].
  ///   - frame: The rows, with or without a response.
  package mutating func add(_ outputs: [Double], _ frame: Frame) {
    let width = model.topology.outputs
    let response = model.encoding.response.name.flatMap(frame.column(named:))
    let weights = model.encoding.weights.flatMap(frame.column(named:))
    for row in 0..<frame.rowCount {
      defer { rowCount += 1 }
      guard rowCount % step == 0 else { continue }
      self.outputs += outputs[row * width..<(row + 1) * width]
      actuals.append(response?.text(at: row).flatMap(actual) ?? .nan)
      self.weights.append(weights.map { $0.text(at: row).flatMap(weightNotation.number) ?? 0 } ?? 1)
      if self.outputs.count > Self.maximumOutputs, keptCount > 1 { thinOut() }
    }
  }

  /// Adds the contributions of the next rows.
  package mutating func add(_ contributions: Contributions) {
    contributionColumns = contributions.columns
    if contributionSums.isEmpty { contributionSums = contributionColumns.map { _ in 0 } }
    for (column, mean) in contributions.ranked { contributionSums[column] += mean * Double(contributions.rowCount) }
  }

  private func actual(_ text: String) -> Double? {
    model.classes == nil ? responseNotation.number(text) : classIndex[text]
  }

  private mutating func thinOut() {
    let width = model.topology.outputs
    let kept = Array(stride(from: 0, to: keptCount, by: 2))
    outputs = kept.flatMap { outputs[$0 * width..<($0 + 1) * width] }
    (actuals, weights) = (kept.map { actuals[$0] }, kept.map { weights[$0] })
    step *= 2
  }

  /// The rows with a known response and a weight above 0; nil if there is none.
  var scored: ScoredRows? {
    guard model.objective.reconstructed == nil, zip(actuals, weights).contains(where: { !$0.isNaN && $1 > 0 }) else {
      return nil
    }
    let hasWeights = weights.contains { $0 != 1 }
    return ScoredRows(actuals: actuals, outputs: outputs, weights: hasWeights ? weights : nil)
  }
}
