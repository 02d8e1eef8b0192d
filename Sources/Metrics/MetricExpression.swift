/// A user-defined metric: arithmetic over rows, such as `sqrt(mean((actual - predict)^2))`.
///
/// H2O takes the name of an uploaded Java or Python class here. A daemon that runs foreign code
/// would not be confined, so an expression takes its place. It has no loops and only the names
/// below, and therefore always terminates.
package struct MetricExpression: Sendable, Equatable {
  /// The values of a row.
  package struct Row: Sendable {
    package let actual: Double
    package let predict: Double
    package let weight: Double
    /// The probabilities of the classes; empty for a regression.
    package let probabilities: [Double]

    package init(actual: Double, predict: Double, weight: Double, probabilities: [Double]) {
      self.actual = actual
      self.predict = predict
      self.weight = weight
      self.probabilities = probabilities
    }
  }

  indirect enum Node: Sendable, Equatable {
    case number(Double)
    case variable(Variable)
    case negated(Node)
    case binary(Operator, Node, Node)
    case call(Function, [Node])
    /// A value over all rows; an index into ``MetricExpression/aggregates``.
    case aggregate(Int)
  }

  enum Variable: Sendable, Equatable {
    case actual, predict, weight
    /// The probability of the actual class.
    case probabilityOfActual
    case probability(Int)
  }

  enum Operator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "^"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
  }

  enum Function: String, Sendable, CaseIterable {
    case abs, sqrt, log, exp, min, max
    /// `if(condition, yes, no)`; every number except 0 is true.
    case `if`

    var argumentCount: Int {
      switch self {
      case .abs, .sqrt, .log, .exp: 1
      case .min, .max: 2
      case .if: 3
      }
    }
  }

  /// A reduction of the values of all rows.
  struct Aggregate: Sendable, Equatable {
    enum Kind: String, Sendable, CaseIterable {
      /// The weighted mean.
      case mean
      /// The weighted sum.
      case sum
      case maximum
    }
    let kind: Kind
    let node: Node
  }

  /// The reason why a text is not a valid expression.
  package struct Fault: Error, Sendable {
    package let message: String
  }

  /// The text of the expression.
  package let text: String
  let root: Node
  let aggregates: [Aggregate]

  /// Parses `text`.
  package init(parsing text: String) throws(Fault) { self = try MetricExpressionParser.parse(text) }

  init(text: String, root: Node, aggregates: [Aggregate]) {
    self.text = text
    self.root = root
    self.aggregates = aggregates
  }

  /// Computes the metric over all rows that `forEachRow` passes.
  package func evaluate(_ forEachRow: ((Row) -> Void) -> Void) -> Double {
    var weight = 0.0
    var sums = aggregates.map { $0.kind == .maximum ? -Double.infinity : 0 }
    forEachRow { row in
      weight += row.weight
      for (index, aggregate) in aggregates.enumerated() {
        let value = Self.value(of: aggregate.node, row: row, aggregates: [])
        switch aggregate.kind {
        case .mean, .sum: sums[index] += row.weight * value
        case .maximum: sums[index] = Swift.max(sums[index], value)
        }
      }
    }
    let results = zip(aggregates, sums).map { aggregate, sum in aggregate.kind == .mean ? sum / weight : sum }
    let none = Row(actual: .nan, predict: .nan, weight: .nan, probabilities: [])
    return Self.value(of: root, row: none, aggregates: results)
  }

  /// True if the expression uses the probability of a class, which a regression does not have.
  package var usesProbabilities: Bool {
    ([root] + aggregates.map(\.node)).contains(where: Self.usesProbabilities)
  }

  private static func usesProbabilities(_ node: Node) -> Bool {
    switch node {
    case .variable(.probability), .variable(.probabilityOfActual): true
    case .variable, .number, .aggregate: false
    case .negated(let inner): usesProbabilities(inner)
    case .binary(_, let left, let right): usesProbabilities(left) || usesProbabilities(right)
    case .call(_, let nodes): nodes.contains(where: usesProbabilities)
    }
  }

  private static func value(of node: Node, row: Row, aggregates: [Double]) -> Double {
    switch node {
    case .number(let value): return value
    case .aggregate(let index): return aggregates[index]
    case .negated(let node): return -value(of: node, row: row, aggregates: aggregates)
    case .variable(let variable): return value(of: variable, row: row)
    case .binary(let sign, let left, let right):
      return apply(
        sign, value(of: left, row: row, aggregates: aggregates), value(of: right, row: row, aggregates: aggregates))
    case .call(let function, let nodes):
      return apply(function, nodes.map { value(of: $0, row: row, aggregates: aggregates) })
    }
  }

  private static func value(of variable: Variable, row: Row) -> Double {
    switch variable {
    case .actual: row.actual
    case .predict: row.predict
    case .weight: row.weight
    case .probabilityOfActual: Int(exactly: row.actual).map { probability($0, of: row) } ?? .nan
    case .probability(let index): probability(index, of: row)
    }
  }

  private static func probability(_ index: Int, of row: Row) -> Double {
    row.probabilities.indices.contains(index) ? row.probabilities[index] : .nan
  }

  private static func apply(_ sign: Operator, _ left: Double, _ right: Double) -> Double {
    switch sign {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: left / right
    case .power: Arithmetic.power(left, right)
    case .less: left < right ? 1 : 0
    case .lessOrEqual: left <= right ? 1 : 0
    case .greater: left > right ? 1 : 0
    case .greaterOrEqual: left >= right ? 1 : 0
    case .equal: left == right ? 1 : 0
    case .notEqual: left != right ? 1 : 0
    }
  }

  private static func apply(_ function: Function, _ values: [Double]) -> Double {
    switch function {
    case .abs: Swift.abs(values[0])
    case .sqrt: values[0].squareRoot()
    case .log: Arithmetic.logarithm(values[0])
    case .exp: Arithmetic.exponential(values[0])
    case .min: Swift.min(values[0], values[1])
    case .max: Swift.max(values[0], values[1])
    case .if: values[0] != 0 ? values[1] : values[2]
    }
  }
}
