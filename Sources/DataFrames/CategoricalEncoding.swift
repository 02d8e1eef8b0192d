/// The ways to turn the levels of a categorical column into inputs.
package enum CategoricalEncoding: Sendable, Equatable {
  /// One unit per level, and one for missing levels.
  case oneHot
  /// One number: the level itself if all levels are numbers, else its index.
  case label
  /// The bits of the level's index.
  case bits
  /// The first principal component of the one-hot columns.
  case principalComponent
  /// One-hot, with the levels ordered by the mean of the response.
  case orderedByResponse
  /// One-hot for the most frequent levels; the others are pooled.
  case frequentLevels
}
