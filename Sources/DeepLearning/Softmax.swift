/// Softmax, with the maximum subtracted first to avoid overflow.
enum Softmax {
  static func apply(_ values: UnsafeMutableBufferPointer<Double>) {
    guard let largest = values.max() else { return }
    var sum = 0.0
    for index in values.indices {
      values[index] = Elementary.exp(values[index] - largest)
      sum += values[index]
    }
    for index in values.indices { values[index] /= sum }
  }
}
