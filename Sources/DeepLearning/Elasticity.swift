/// The elastic force between a network and the running average of its iterations.
///
/// Source: Zhang, Choromanska and LeCun 2015; h2o-behaviour.md#elastic-averaging.
package struct Elasticity: Sendable, Hashable, Codable {
  package let movingRate: Double
  /// The strength: the fraction of the distance to the consensus that is added to each gradient.
  package let regularization: Double

  package init(movingRate: Double, regularization: Double) {
    self.movingRate = movingRate
    self.regularization = regularization
  }
}
