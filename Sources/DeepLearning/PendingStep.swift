/// What an engine has still to learn from the last row.
enum PendingStep {
  case none
  /// The step of the first layer, or of the first two.
  case first(FastLayer.Rule)
  /// That step, and the one of the output layer.
  case firstAndOutput(FastLayer.Rule, output: FastLayer.Rule)

  var isNone: Bool {
    if case .none = self { true } else { false }
  }
}
