import Metrics
import Testing

@Suite("Metric expressions")
struct MetricExpressionTests {
  private func parse(_ text: String) throws(MetricExpression.Fault) -> MetricExpression {
    try MetricExpression(parsing: text)
  }

  /// Two rows: actual 1 and 3, predicted 2 and 7, weights 1 and 3.
  private func value(_ text: String) throws -> Double {
    try parse(text).evaluate { body in
      body(.init(actual: 1, predict: 2, weight: 1, probabilities: [0.2, 0.8]))
      body(.init(actual: 3, predict: 7, weight: 3, probabilities: [0.6, 0.4]))
    }
  }

  @Test(
    "have hand-computed values",
    arguments: [
      ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("2 ^ 3 ^ 2", 512), ("-2 ^ 2", -4), ("8 / 4 / 2", 1), ("1e-2 * 100", 1),
      ("mean(actual)", 2.5), ("sum(weight)", 10), ("maximum(predict)", 7), ("maximum(actual - predict)", -1),
      ("actual", 2.5),
      ("mean(abs(actual - predict))", 3.25), ("sqrt(mean((actual - predict)^2))", 12.25.squareRoot()),
      ("mean(actual) / mean(predict)", 2.5 / 5.75), ("if(1 > 2, 3, 4)", 4), ("min(2, max(1, 5))", 2),
      ("mean(predict >= 7)", 0.75), ("mean(p1)", 0.5), ("exp(log(3))", 3), ("1 == 1", 1), ("2 != 2", 0),
    ])
  func values(_ text: String, _ expected: Double) throws {
    #expect(abs(try value(text) - expected) < 1e-12)
  }

  @Test(
    "invalid expressions are refused with a reason",
    arguments: [
      ("", "ends too early"), ("1 +", "ends too early"), ("actual predict", "unexpected 'predict'"),
      ("system(1)", "unknown name 'system'"), ("mean(mean(1))", "cannot be inside another"),
      ("abs(1, 2)", "takes 1 values"),
      ("(1", "expected ')'"), ("1 $ 2", "unexpected character '$'"),
      ("mean(actual) - actual", "values of a row, such as actual, must be inside mean()"),
      (String(repeating: "(", count: 200), "nested too deep"), (String(repeating: "1+", count: 900), "more than 1000"),
    ])
  func faults(_ text: String, _ expected: String) {
    let fault = #expect(throws: MetricExpression.Fault.self) { try parse(text) }
    #expect(fault?.message.contains(expected) == true, "\(fault?.message ?? "")")
  }
}
