/// What is a number or a time, and which.
package enum FieldReading: Sendable {
  /// Digits with a sign, a point and an exponent, correctly rounded; times as people write them.
  case exact
  /// As H2O 3.46.0.12 imports them; see ``H2ONumber`` and ``TimeParser``.
  case loose
}
