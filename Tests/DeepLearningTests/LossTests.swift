import DeepLearning
import Testing

/// The derivatives of losses, on numbers that can be checked by hand.
@Suite("Losses")
struct LossTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let loss: ClassificationLoss
    let probabilities: [Double]
    let jacobian: NetworkRules.SoftmaxJacobian
    let errors: [Double]

    init(
      _ loss: ClassificationLoss, _ probabilities: [Double], _ errors: [Double],
      jacobian: NetworkRules.SoftmaxJacobian = .full
    ) {
      (self.loss, self.probabilities, self.jacobian, self.errors) = (loss, probabilities, jacobian, errors)
    }

    var testDescription: String { "\(loss.rawValue) \(probabilities) \(jacobian)" }
  }

  /// Cases whose actual class is the first.
  ///
  /// An error is p_i (E'_i - sum of E'_k p_k); with the diagonal it is E'_i (1 - p_i) p_i.
  static let cases = [
    Case(.crossEntropy, [0.7, 0.2, 0.1], [-0.3, 0.2, 0.1]),
    // The slopes are -0.3, 0.2, 0.1; their mean is -0.21 + 0.04 + 0.01 = -0.16.
    Case(.quadratic, [0.7, 0.2, 0.1], [0.7 * -0.14, 0.2 * 0.36, 0.1 * 0.26]),
    Case(.quadratic, [0.7, 0.2, 0.1], [-0.3 * 0.3 * 0.7, 0.2 * 0.8 * 0.2, 0.1 * 0.9 * 0.1], jacobian: .diagonal),
    // The slopes are -1, 1, 1; their mean is -0.7 + 0.2 + 0.1 = -0.4.
    Case(.absolute, [0.7, 0.2, 0.1], [0.7 * -0.6, 0.2 * 1.4, 0.1 * 1.4]),
    // Below one half, the slope is four times the difference: -1.2, 0.8, 0.4; the mean is -0.64.
    Case(.huber, [0.7, 0.2, 0.1], [0.7 * -0.56, 0.2 * 1.44, 0.1 * 1.04]),
    // Beyond one half, the slope is 2: -2, 2, 0.4; the mean is -0.4 + 1.4 + 0.04 = 1.04.
    Case(.huber, [0.2, 0.7, 0.1], [0.2 * -3.04, 0.7 * 0.96, 0.1 * -0.64]),
  ]

  @Test("losses of classifiers", arguments: cases)
  func classification(_ example: Case) {
    var errors = [Double](repeating: 0, count: example.errors.count)
    example.probabilities.withUnsafeBufferPointer { probabilities in
      errors.withUnsafeMutableBufferPointer {
        Objective.classification(example.loss).outputErrors(
          $0, outputs: probabilities, target: 0, jacobian: example.jacobian)
      }
    }
    for (found, wanted) in zip(errors, example.errors) { #expect(abs(found - wanted) < 1e-12) }
  }

  static let regressions: [(distribution: Distribution, output: Double, target: Double, error: Double)] = [
    (.gaussian, 1.5, 1, 1), (.laplace, 1.5, 1, 1), (.laplace, 0.5, 1, -1), (.huber, 1.5, 1, 1), (.huber, 3, 1, 2),
    (.huber, -3, 1, -2), (.quantile(alpha: 0.3), 0, 1, -0.3), (.quantile(alpha: 0.3), 2, 1, 0.7),
    // exp(0) = 1.
    (.poisson, 0, 2, -2), (.gamma, 0, 2, -2), (.tweedie(power: 1.5), 0, 2, -2),
    // exp(ln 4 / 2) = 2: -2 (2 / 2 - 2).
    (.tweedie(power: 1.5), 1.3862943611198906, 2, 2),
  ]

  @Test("losses of regressions", arguments: regressions)
  func regression(_ example: (distribution: Distribution, output: Double, target: Double, error: Double)) {
    let found = example.distribution.outputError(output: example.output, target: example.target)
    #expect(abs(found - example.error) < 1e-12)
  }
}
