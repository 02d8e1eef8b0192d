/// The entries of the row order that a loop trains on next.
struct RowSlice {
  let entries: [Int]
  /// The position of the first one in the ``RowSequence``, or without one in the order of the iteration.
  let position: Int
  /// The rows trained before the iteration.
  let samplesBeforeIteration: Int
  /// The rows trained before the slice.
  let samplesBefore: Int
}
