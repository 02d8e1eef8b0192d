/// The rows that a model is measured on.
package enum MeasuredPart: String, Sendable {
  case training, validation
  /// The rows held out from the models of the folds.
  case crossValidation = "cross_validation"

  /// The name in sentences and tables; the raw value is the one in files.
  package var name: String {
    switch self {
    case .training, .validation: rawValue
    case .crossValidation: "cross-validation"
    }
  }
}
