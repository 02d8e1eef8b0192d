/// The order of day and month in dates such as `01/02/2024`.
package enum DateOrder: String, Sendable, Codable {
  case monthFirst = "month first"
  case dayFirst = "day first"

  var other: DateOrder { self == .monthFirst ? .dayFirst : .monthFirst }
}

/// The notation of the dates in a column.
struct TimeForm: Sendable, Hashable {
  typealias Order = DateOrder

  static let monthFirst = TimeForm(order: .monthFirst)

  var order: Order
  /// The stated format, which replaces all usual notations.
  var format: DateFormat?

  init(order: Order, format: DateFormat? = nil) {
    self.order = order
    self.format = format
  }
}

/// The notation of all fields in a column.
struct FieldForm: Sendable, Hashable {
  var reading: FieldReading
  var numbers: NumberForm
  var times: TimeForm

  init(reading: FieldReading = .exact, numbers: NumberForm = .point, times: TimeForm = .monthFirst) {
    self.reading = reading
    self.numbers = numbers
    self.times = times
  }
}
