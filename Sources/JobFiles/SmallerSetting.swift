/// Smaller values of settings that are too large, for messages: each is a round number that has been found to be accepted.
package enum SmallerSetting {
  /// The factors by which a setting is reduced: 9 to 1 tenths, hundredths and so on.
  private static let factors = (1...18).flatMap { exponent in
    (1...9).reversed().map { Double("\($0)e-\(exponent)") ?? 0 }
  }

  /// Returns a round number below `value` that is accepted, one of the largest; nil if not even 1 is.
  package static func number(_ value: Int, isAccepted: (Int) -> Bool) -> Int? {
    layers([value], largest: 1) { isAccepted($0[0]) }?[0]
  }

  /// Returns the layers with all numbers of units reduced by the same factor, so that they are accepted; nil if not even
  /// one unit per layer is.
  package static func layers(_ hidden: [Int], isAccepted: ([Int]) -> Bool) -> [Int]? {
    layers(hidden, largest: 2, isAccepted: isAccepted)
  }

  /// Returns a few reductions of the layers by common factors, the largest first.
  package static func steps(_ hidden: [Int]) -> [[Int]] {
    var steps: [[Int]] = []
    for factor in [0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01] {
      let reduced = reduced(hidden, by: factor, digits: 2)
      if reduced != steps.last ?? hidden { steps.append(reduced) }
    }
    return steps
  }

  /// - `largest`: The number of digits of a reduced number that are not 0.
  private static func layers(_ values: [Int], largest digits: Int, isAccepted: ([Int]) -> Bool) -> [Int]? {
    var tried = values
    for factor in factors {
      let reduced = reduced(values, by: factor, digits: digits)
      guard reduced != tried else { continue }
      if isAccepted(reduced) { return reduced }
      tried = reduced
    }
    return nil
  }

  private static func reduced(_ values: [Int], by factor: Double, digits: Int) -> [Int] {
    values.map { max(1, rounded(Int(Double($0) * factor), digits: digits)) }
  }

  /// Rounds down to a number with few digits other than 0.
  private static func rounded(_ value: Int, digits: Int) -> Int {
    let length = String(value).count
    guard length > digits else { return value }
    let unit = (0..<(length - digits)).reduce(1) { unit, _ in unit * 10 }
    return value / unit * unit
  }
}
