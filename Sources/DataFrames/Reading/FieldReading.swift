/// The rules by which fields are read as numbers or times.
package enum FieldReading: Sendable {
  /// Digits with optional sign, point and exponent, correctly rounded; times in the usual notations.
  case exact
  /// The rules of H2O 3.46.0.12; see ``H2ONumber`` and ``TimeParser``.
  case loose
}
