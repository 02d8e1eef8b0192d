/// The Shapley values of the columns in which a row differs from one row of the background.
///
/// Other columns contribute nothing.
struct PairContributions {
  let columnCount: Int
  /// The margin of the row of the background.
  let from: Double
  /// The margin of the row to explain.
  let to: Double
  /// Returns the margin of a mixed row, in the order in which they were made.
  let mixed: (Int) -> Double

  /// The values from the mixed rows of all sets of columns but the empty and the full one.
  ///
  /// A set is a number whose bits are the columns. The weight of a set of s among d columns is
  /// s! (d - s - 1)! / d!.
  var ofAllSets: [Double] {
    let full = (1 << columnCount) - 1
    let margins = (0...full).map { $0 == 0 ? from : $0 == full ? to : mixed($0 - 1) }
    var weights = [1 / Double(columnCount)]
    for size in 1..<max(1, columnCount) {
      weights.append(weights[size - 1] * Double(size) / Double(columnCount - size))
    }
    return (0..<columnCount).map { column in
      let bit = 1 << column
      return (0...full).reduce(0) { sum, set in
        set & bit != 0 ? sum : sum + weights[set.nonzeroBitCount] * (margins[set | bit] - margins[set])
      }
    }
  }

  /// The values from one order of the columns and its reverse, in that order.
  var ofOneOrder: [Double] {
    let inner = columnCount - 1
    let forwards = [from] + (0..<inner).map(mixed) + [to]
    let backwards = [from] + (0..<inner).map { mixed(inner + $0) } + [to]
    return (0..<columnCount).map { position in
      let mirrored = columnCount - 1 - position
      return 0.5 * (forwards[position + 1] - forwards[position] + backwards[mirrored + 1] - backwards[mirrored])
    }
  }
}
