package import Documents
package import Metrics

extension MetricExpression: ParameterValue {
  package static var typeName: String { "metric expression" }

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> MetricExpression {
    let text = try node.scalarText(expected: "a \(typeName)")
    do throws(MetricExpression.Fault) {
      return try MetricExpression(parsing: text)
    } catch {
      throw ValueFault(
        at: node.location,
        "invalid metric '\(text.prefix(80))': \(error.message). Write an expression such as mean(abs(actual - predict)); "
          + "names: actual, predict, weight, p_actual, p0, p1, ...; functions: mean, sum, maximum, abs, sqrt, log, exp, "
          + "min, max, if(condition, yes, no)")
    }
  }
}
