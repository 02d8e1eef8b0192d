/// How the levels of a categorical column become inputs.
package enum CategoricalEncoding: Sendable, Equatable {
  /// A unit per level, and one for missing levels.
  case oneHot
  /// One number: the level itself if all levels are numbers, else its place.
  case label
  /// The bits of the level's number.
  case bits
  /// The first principal component of the one-hot columns.
  case principalComponent
  /// One-hot, the levels ordered by the mean of the response.
  case orderedByResponse
  /// One-hot, the most frequent levels alone; the others are pooled.
  case frequentLevels
}
