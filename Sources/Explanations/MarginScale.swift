internal import DataFrames
internal import DeepLearning
package import Models

/// The scale on which the contributions of columns add up: that of the network's linear output.
///
/// It is the prediction itself for a regression with identity link, the logarithm of the prediction
/// with log link, and for classes the log odds: of the second of two classes, or of each of several
/// classes against all others.
package struct MarginScale: Sendable {
  package enum Kind: Sendable, Equatable {
    case prediction
    case logarithm
    case logOdds
  }

  /// Stands for probabilities and predictions of 0, whose logarithm is infinite.
  private static let smallest = Double.leastNormalMagnitude

  package let kind: Kind
  /// The classes that have a margin each; empty for a regression.
  package let classes: [String]
  private let outputCount: Int

  /// Nil for an autoencoder, which predicts no response.
  package init?(_ model: Model) {
    outputCount = model.topology.outputs
    switch model.objective {
    case .reconstruction: return nil
    case .regression(let distribution):
      kind = distribution.hasIdentityLink ? .prediction : .logarithm
      classes = []
    case .classification:
      kind = .logOdds
      let all = model.classes ?? []
      classes = all.count == 2 ? [all[1]] : all
    }
  }

  /// The number of margins per row.
  package var count: Int { max(1, classes.count) }

  /// Returns the margins [rows x ``count``] for predictions [rows x outputs].
  package func margins(_ outputs: [Double]) -> [Double] {
    switch kind {
    case .prediction: return outputs
    case .logarithm: return outputs.map { Elementary.log(max(Self.smallest, $0)) }
    case .logOdds:
      var margins: [Double] = []
      margins.reserveCapacity(outputs.count / max(1, outputCount) * count)
      for start in stride(from: 0, to: outputs.count, by: outputCount) {
        let row = outputs[start..<start + outputCount]
        let total = row.reduce(0, +)
        for output in outputCount == 2 ? 1..<2 : 0..<outputCount {
          // With two classes, the other probability is precise even if it is small.
          let others = outputCount == 2 ? row[start] : Self.others(row, than: start + output, total: total)
          margins.append(
            Elementary.log(max(Self.smallest, row[start + output])) - Elementary.log(max(Self.smallest, others)))
        }
      }
      return margins
    }
  }

  /// Returns the sum of all probabilities but one, added one by one if the difference would lose precision.
  private static func others(_ row: ArraySlice<Double>, than index: Int, total: Double) -> Double {
    row[index] < 0.5 * total ? total - row[index] : row.indices.reduce(0) { $1 == index ? $0 : $0 + row[$1] }
  }
}
