/// The course of the learning rate over a training whose length is known, as factors of the initial rate.
package struct RateCurve: Sendable, Hashable, Codable {
  package enum Shape: Sendable, Hashable, Codable {
    /// From 1 to 0 along half a cosine (Loshchilov and Hutter 2017).
    case cosine
    /// Cycles of growing length, each from 0 up to 1 and back: (1 - cos(2 pi log2(1 + (2^cycles - 1) t))) / 2 at the
    /// fraction t of the training (Holzmüller et al. 2024). Each cycle is twice as long as the one before.
    case cycles(Int)
  }

  package let shape: Shape
  /// The rows after which the curve begins and ends.
  package let samples: Range<Int>

  package init(_ shape: Shape, samples: Range<Int>) {
    self.shape = shape
    self.samples = samples
  }

  /// Returns the factor after `samples` rows; before and after the curve, that of its ends.
  package func factor(samples count: Int) -> Double {
    let fraction = min(1, max(0, Double(count - samples.lowerBound) / Double(max(1, samples.count))))
    switch shape {
    case .cosine: return (1 + Elementary.cosine(.pi * fraction)) / 2
    case .cycles(let cycles):
      let stretched = 1 + (Elementary.pow(2, Double(cycles)) - 1) * fraction
      return (1 - Elementary.cosine(2 * .pi * Elementary.log(stretched) / Elementary.log(2))) / 2
    }
  }
}
