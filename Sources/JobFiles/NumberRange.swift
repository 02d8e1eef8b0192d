/// A range of numbers from which a search draws the values of a parameter.
package struct NumberRange: Sendable, Hashable {
  package let from: Double
  /// The largest number, included.
  package let to: Double
  /// Whether the logarithms of the numbers are uniform.
  package let isLogarithmic: Bool
  /// Whether only whole numbers are drawn.
  package let isWhole: Bool
  /// The number of the first model of a preset's search, its own recipe; nil for a range of the job.
  package var first: Double?

  package init(from: Double, to: Double, isLogarithmic: Bool = false, isWhole: Bool = false) {
    self.from = from
    self.to = to
    self.isLogarithmic = isLogarithmic
    self.isWhole = isWhole
  }
}
