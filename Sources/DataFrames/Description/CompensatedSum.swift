/// A sum of doubles whose rounding errors are summed too.
///
/// Whole numbers are summed exactly as long as the sum is below 2^53; other sums are off by about one unit in the last
/// place, whatever the number of summands.
///
/// - Source: Neumaier 1974, an improvement of Kahan's summation.
struct CompensatedSum {
  private var sum = 0.0
  private var compensation = 0.0

  mutating func add(_ value: Double) {
    let total = sum + value
    compensation += abs(sum) >= abs(value) ? (sum - total) + value : (value - total) + sum
    sum = total
  }

  var value: Double { sum + compensation }
}
