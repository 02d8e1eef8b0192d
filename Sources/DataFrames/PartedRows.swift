/// The rows of a table for training, of which no process keeps all: parts are encoded when they are dealt.
package struct PartedRows: Sendable {
  /// Responses, weights, offsets and gaps of all rows, without their inputs.
  package let outline: EncodedRows
  /// The fraction of zeros among numeric inputs stored as bytes; 0 for other storage.
  package let zeroByteShare: Double
  package let selector: RowSelector
  /// The rows in which each categorical column of the encoding has no level; empty if levels are hashed.
  private let gaps: [RowSet]
  private let classWeights: [Double]?

  /// Encodes all rows once, part by part, and keeps the outline.
  ///
  /// - Parameters:
  ///   - selector: Encodes for training.
  ///   - encoding: Its encoding.
  ///   - classWeights: The factors by which the weights of rows are multiplied; the outline has the weights before.
  /// - Throws: ``FrameError`` if the table does not fit the model.
  package init(_ selector: RowSelector, _ encoding: RowEncoding, classWeights: [Double]?) throws(FrameError) {
    self.selector = selector
    self.classWeights = classWeights
    let missingUnits = encoding.missingUnits
    var gaps = missingUnits.map { _ in RowSet() }
    var outline = RowCollector(rowCount: selector.rowCount)
    var zeros = 0
    var numericCount = 0
    for start in stride(from: 0, to: max(1, selector.rowCount), by: selector.rowsPerPart) {
      let part = try selector.rows(start..<min(start + selector.rowsPerPart, selector.rowCount))
      zeros += part.zeroByteCount
      numericCount = part.numericCount
      for (column, unit) in missingUnits.enumerated() {
        for row in 0..<part.rowCount where part.unit(row: row, column: column) == unit {
          gaps[column].insert(start + row)
        }
      }
      outline.append(part.withoutInputs)
    }
    self.gaps = gaps
    self.outline = outline.rows
    zeroByteShare = Double(zeros) / Double(max(1, selector.rowCount * numericCount))
  }

  /// Returns whether a categorical column has no level in a row.
  package func isGap(row: Int, column: Int) -> Bool { gaps.indices.contains(column) && gaps[column].contains(row) }

  /// Returns the rows with the given indexes, in that order.
  package func rows(_ selection: some Collection<Int>) -> EncodedRows {
    do {
      let rows = try selector.rows(selection)
      return classWeights.map(rows.weighted(byClass:)) ?? rows
    } catch {
      preconditionFailure("rows that were encoded before do not fit the model: \(error)")
    }
  }
}

extension EncodedRows {
  /// The rows without inputs.
  fileprivate var withoutInputs: EncodedRows {
    EncodedRows(
      rowCount: rowCount, categoricalCount: 0, numericCount: 0, units: [], numerics: .singles([]), targets: targets,
      weights: weights, offsets: offsets, incomplete: incomplete)
  }
}
