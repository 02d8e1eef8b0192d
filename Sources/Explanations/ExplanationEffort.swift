/// The rows, repetitions and columns that explanations cover; it bounds their time.
package struct ExplanationEffort: Sendable, Equatable {
  /// The number of columns with partial dependence and errors.
  private static let strongest = 6
  /// The smallest numbers that still say something.
  private static let (fewestRepeats, fewestRows, fewestPairs) = (3, 50, 200)
  /// The largest numbers of inputs of all rows, and of results, that are in memory together.
  private static let (maximumInputs, maximumResults) = (1 << 22, 1 << 21)
  /// The shares of a budget: for importances and for dependence; contributions have the rest.
  private static let (importanceShare, dependenceShare) = (0.35, 0.2)

  /// The rows for importances and errors.
  package var rows: Int
  package var repeats: Int
  /// The number of columns with permutation importance, those with the largest weights first.
  package var importanceColumns: Int
  /// The rows with a curve; partial dependence is their mean.
  package var dependenceRows: Int
  package var dependenceColumns: Int
  /// The rows with contributions; 0 for none.
  package var contributionRows: Int
  package var backgroundRows: Int
  package var method: ContributionExplainer.Method

  /// The effort without a bound on time.
  ///
  /// - Parameters:
  ///   - rows: The largest number of rows.
  ///   - background: The rows of the background.
  ///   - columns: The columns of the model.
  ///   - inputs: The inputs of its network.
  ///   - outputs: The outputs of its network.
  package init(rows: Int, background: Int, columns: Int, inputs: Int, outputs: Int) {
    let bounded = min(rows, max(1, Self.maximumInputs / max(1, inputs)))
    self.rows = bounded
    repeats = PermutationImportance.maximumRepeats
    importanceColumns = columns
    dependenceRows = min(bounded, max(1, Self.maximumResults / (outputs * DependenceGrid.maximumPoints)))
    dependenceColumns = min(columns, Self.strongest)
    contributionRows = min(bounded, Self.maximumResults / max(1, outputs * columns))
    backgroundRows = background
    method = .init(columnCount: columns)
  }

  /// Returns the effort with at most about a number of predicted rows.
  ///
  /// - `budget`: The number of predictions of a row.
  package func within(_ budget: Double, columns: Int) -> ExplanationEffort {
    var result = self
    let importance = Self.importanceShare * budget
    let perColumn = importance / Double(max(1, importanceColumns))
    if perColumn < Double(rows * repeats) {
      result.repeats = max(Self.fewestRepeats, min(repeats, Int(perColumn / Double(rows))))
      result.rows = min(rows, max(Self.fewestRows, Int(perColumn / Double(result.repeats))))
      result.importanceColumns = max(
        1, min(importanceColumns, Int(importance / Double(result.repeats * result.rows))))
    }
    let points = Double(DependenceGrid.maximumPoints * max(1, dependenceColumns))
    result.dependenceRows = min(dependenceRows, max(Self.fewestRows, Int(Self.dependenceShare * budget / points)))
    result.limitContributions((1 - Self.importanceShare - Self.dependenceShare) * budget, columns: columns)
    return result
  }

  /// Limits the pairs of a row and a row of the background, which determine the time of contributions.
  private mutating func limitContributions(_ budget: Double, columns: Int) {
    func pairs(_ method: ContributionExplainer.Method) -> Double {
      switch method {
      case .exact: budget / Double((1 << min(columns, ContributionExplainer.maximumExactColumns)) - 1)
      case .permutations: budget / Double(2 * columns)
      }
    }
    // Random orders for many rows say more than exact values for a few.
    if method == .exact, pairs(.exact) < Double(min(Self.fewestPairs, contributionRows * backgroundRows)) {
      method = .permutations
    }
    let count = pairs(method)
    guard count < Double(contributionRows * backgroundRows) else { return }
    backgroundRows = min(backgroundRows, max(10, Int((count / 2).squareRoot())))
    contributionRows = min(contributionRows, Int(count / Double(backgroundRows)))
  }
}
