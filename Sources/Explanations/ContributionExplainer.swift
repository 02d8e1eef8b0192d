package import DataFrames
internal import DeepLearning
package import Models

/// Divides the margin of each row among the columns: Shapley values against a background.
///
/// The value of a set of columns is the mean margin of rows that have these columns from the row to
/// explain and all others from a row of the background. Lundberg and Lee 2017 (arXiv 1705.07874) call
/// it interventional SHAP. Per row, the contributions and the bias add up to the margin.
package struct ContributionExplainer: Sendable {
  /// The way in which the sets of columns are visited.
  package enum Method: Sendable, Equatable {
    /// Every set of columns, which gives exact values.
    case exact
    /// One random order of the columns per row of the background, forwards and backwards
    /// (Mitchell et al. 2022, arXiv 2104.12199).
    case permutations

    /// The method for a number of columns.
    package init(columnCount: Int) {
      self = columnCount <= ContributionExplainer.maximumExactColumns ? .exact : .permutations
    }
  }

  /// The number of columns up to which contributions are exact.
  package static let maximumExactColumns = 12
  /// Sets of so few columns are all visited, because random orders would not be faster.
  private static let smallColumns = 3
  /// The rows and the inputs that are predicted together.
  private static let (batchRows, batchInputs) = (8192, 1 << 21)

  private let model: Model
  private let scale: MarginScale
  private let background: Background
  private let method: Method
  private let draw: RowDraw
  private let scorer: ModelScorer
  private let columns: [ColumnInputs]
  /// The margins of the background [rows x margins].
  private let backgroundMargins: [Double]

  /// Predicts the background; nil for an autoencoder.
  ///
  /// - Parameters:
  ///   - model: The model to explain.
  ///   - background: The rows to compare with.
  ///   - method: Nil for the best one for the number of columns.
  ///   - seed: The seed of random orders.
  ///   - scorer: Predicts the mixed rows.
  package init?(
    _ model: Model, background: Background, method: Method? = nil, seed: UInt64, scorer: ModelScorer
  ) {
    guard let scale = MarginScale(model) else { return nil }
    self.model = model
    self.scale = scale
    self.background = background
    self.scorer = scorer
    draw = RowDraw(seed: seed)
    columns = model.encoding.columnInputs
    self.method = method ?? Method(columnCount: columns.count)
    backgroundMargins = scale.margins(scorer.predict(model, background.rows.encoded))
  }

  /// Returns the contributions of all rows.
  ///
  /// - Parameters:
  ///   - rows: Rows that the model has encoded.
  ///   - first: The number of the first row in its table, which determines the random orders.
  /// - Returns: One value per row, margin and column.
  package func contributions(_ rows: EncodedRows, first: Int = 0) -> Contributions {
    let plain = PlainRows(rows)
    let margins = scale.margins(scorer.predict(model, plain.encoded))
    var result = Contributions(
      columns: columns.map(\.name) + [model.encoding.offset].compactMap { $0 }, scale: scale, rowCount: rows.rowCount,
      bias: bias)
    var batch = Batch(like: plain, margins: margins)
    let limit = min(
      Self.batchRows,
      max(1, Self.batchInputs / max(1, model.encoding.categoricals.count + model.encoding.numerics.count))
    )
    for row in 0..<rows.rowCount {
      var generator = draw.generator(first + row)
      for other in 0..<background.rows.rowCount {
        let differing = columns.indices.filter { !plain.agrees(row, with: background.rows, other, in: columns[$0]) }
        add(row, other, differing, to: &batch, plain, &generator)
        if batch.rows.rowCount >= limit { finish(&batch, &result) }
      }
    }
    finish(&batch, &result)
    if let shifts = OffsetShift(model).shifts(rows) {
      for (row, shift) in shifts.enumerated() {
        result.add(shift - background.meanOffset, row: row, column: columns.count)
      }
    }
    return result
  }

  /// The mean margin of the background, with its offsets.
  private var bias: [Double] {
    let count = scale.count
    return (0..<count).map { margin in
      stride(from: margin, to: backgroundMargins.count, by: count).reduce(0) { $0 + backgroundMargins[$1] }
        / Double(background.rows.rowCount) + background.meanOffset
    }
  }

  /// Adds the mixed rows for one row and one of the background.
  private func add(
    _ row: Int, _ other: Int, _ differing: [Int], to batch: inout Batch, _ plain: PlainRows,
    _ generator: inout RandomGenerator
  ) {
    guard !differing.isEmpty else { return }
    let isSmall = differing.count <= Self.smallColumns
    let start = batch.rows.rowCount
    if isSmall || method == .exact {
      for set in 1..<max(1, (1 << differing.count) - 1) {
        batch.rows.append(other, of: background.rows)
        for (position, column) in differing.enumerated() where set >> position & 1 == 1 {
          batch.rows.replaceLast(columns[column], by: row, of: plain)
        }
      }
      batch.plans.append(.init(row: row, other: other, columns: differing, start: start, visitsAll: true))
      return
    }
    let order = generator.shuffled(differing)
    for order in [order, order.reversed()] {
      for (position, column) in order.dropLast().enumerated() {
        if position == 0 { batch.rows.append(other, of: background.rows) } else { batch.rows.appendLast() }
        batch.rows.replaceLast(columns[column], by: row, of: plain)
      }
    }
    batch.plans.append(.init(row: row, other: other, columns: order, start: start, visitsAll: false))
  }

  /// Predicts the mixed rows and adds the contributions that follow from them.
  private func finish(_ batch: inout Batch, _ result: inout Contributions) {
    let mixed = batch.rows.rowCount == 0 ? [] : scale.margins(scorer.predict(model, batch.rows.encoded))
    let (count, share) = (scale.count, 1 / Double(background.rows.rowCount))
    for plan in batch.plans {
      for margin in 0..<count {
        let pair = PairContributions(
          columnCount: plan.columns.count, from: backgroundMargins[plan.other * count + margin],
          to: batch.margins[plan.row * count + margin]
        ) { mixed[(plan.start + $0) * count + margin] }
        for (column, value) in zip(plan.columns, plan.visitsAll ? pair.ofAllSets : pair.ofOneOrder) {
          result.add(share * value, row: plan.row, margin: margin, column: column)
        }
      }
    }
    batch.rows.removeAll()
    batch.plans.removeAll(keepingCapacity: true)
  }

  /// Mixed rows that wait for their predictions.
  private struct Batch {
    struct Plan {
      let row: Int
      let other: Int
      /// The columns that differ, in the order in which they change.
      let columns: [Int]
      /// The first of its mixed rows.
      let start: Int
      let visitsAll: Bool
    }

    var rows: PlainRows
    var plans: [Plan] = []
    /// The margins of the rows to explain.
    let margins: [Double]

    init(like rows: PlainRows, margins: [Double]) {
      self.rows = PlainRows(like: rows)
      self.margins = margins
    }
  }
}
