/// The update from the last row that an engine has not applied yet.
enum PendingStep {
  case none
  /// The update of the first layer, or of the first two.
  case first(FastLayer.Rule)
  /// That update and the one of the output layer.
  case firstAndOutput(FastLayer.Rule, output: FastLayer.Rule)

  var isNone: Bool {
    if case .none = self { true } else { false }
  }
}
