internal import Wording

/// The size of a network in messages.
package enum NetworkSize {
  private static let floatBytes = 4

  /// Returns a text such as `40,000,400,000 weights and biases (160 GB for these numbers alone)`.
  ///
  /// - `count`: The number of weights and biases; beyond the range of `Int` it is the largest one.
  package static func text(_ count: Int) -> String {
    let (bytes, isTooMany) = count.multipliedReportingOverflow(by: floatBytes)
    return "\(NumberText.grouped(count)) weights and biases (\(ByteText.of(isTooMany ? .max : bytes)) for these "
      + "numbers alone)"
  }

  /// Returns the number of weights and biases between hidden layers, and of the first layer without its inputs.
  static func betweenLayers(_ hidden: [Int]) -> Double {
    zip(hidden, hidden.dropFirst()).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      + hidden.reduce(0) { $0 + Double($1) }
  }
}
