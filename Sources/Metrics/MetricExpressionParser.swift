/// Parses a ``MetricExpression`` by recursive descent: comparison, sum, product, sign, power, atom.
struct MetricExpressionParser {
  typealias Fault = MetricExpression.Fault

  /// The maximum nesting of parentheses, which limits the recursion.
  private static let maximumNesting = 50
  private static let maximumLength = 1000

  private var tokens: ArraySlice<String>
  private var aggregates: [MetricExpression.Aggregate] = []
  private var nesting = 0
  private var isInsideAggregate = false

  /// Parses `text`; an expression without `mean`, `sum` or `maximum` is the mean over all rows.
  static func parse(_ text: String) throws(Fault) -> MetricExpression {
    guard text.utf8.count <= maximumLength else {
      throw Fault(message: "the expression has more than \(maximumLength) characters")
    }
    var parser = MetricExpressionParser(tokens: try tokens(of: text)[...])
    let root = try parser.comparison()
    guard parser.tokens.isEmpty else { throw Fault(message: "unexpected '\(parser.tokens.first ?? "")'") }
    if parser.aggregates.isEmpty {
      return MetricExpression(text: text, root: .aggregate(0), aggregates: [.init(kind: .mean, node: root)])
    }
    guard !refersToRow(root) else {
      throw Fault(message: "values of a row, such as actual, must be inside mean(), sum() or maximum()")
    }
    return MetricExpression(text: text, root: root, aggregates: parser.aggregates)
  }

  private init(tokens: ArraySlice<String>) { self.tokens = tokens }

  private static func tokens(of text: String) throws(Fault) -> [String] {
    var tokens: [String] = []
    var rest = text[...]
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
        continue
      }
      let word = rest.prefix { isWordCharacter($0) }
      if !word.isEmpty {
        var token = String(word)
        rest.removeFirst(word.count)
        // The sign of an exponent, as in 1e-5.
        if token.first?.isNumber == true, token.last == "e", let sign = rest.first, sign == "-" || sign == "+" {
          let digits = rest.dropFirst().prefix { $0.isNumber }
          token += String(sign) + digits
          rest.removeFirst(1 + digits.count)
        }
        tokens.append(token)
      } else if ["<=", ">=", "==", "!="].contains(rest.prefix(2)) {
        tokens.append(String(rest.prefix(2)))
        rest.removeFirst(2)
      } else if "+-*/^<>(),".contains(first) {
        tokens.append(String(first))
        rest.removeFirst()
      } else {
        throw Fault(message: "unexpected character '\(first)'")
      }
    }
    return tokens
  }

  private static func isWordCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "." || character == "_")
  }

  private static func refersToRow(_ node: MetricExpression.Node) -> Bool {
    switch node {
    case .variable: true
    case .number, .aggregate: false
    case .negated(let inner): refersToRow(inner)
    case .binary(_, let left, let right): refersToRow(left) || refersToRow(right)
    case .call(_, let nodes): nodes.contains(where: refersToRow)
    }
  }

  private mutating func take(_ candidates: [String]) -> MetricExpression.Operator? {
    guard let token = tokens.first, candidates.contains(token) else { return nil }
    tokens.removeFirst()
    return MetricExpression.Operator(rawValue: token)
  }

  private mutating func expect(_ token: String) throws(Fault) {
    guard tokens.first == token else {
      throw Fault(message: "expected '\(token)', found '\(tokens.first ?? "the end of the expression")'")
    }
    tokens.removeFirst()
  }

  private mutating func comparison() throws(Fault) -> MetricExpression.Node {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.maximumNesting else { throw Fault(message: "parentheses are nested too deeply") }
    let left = try sum()
    guard let sign = take(["<", "<=", ">", ">=", "==", "!="]) else { return left }
    return .binary(sign, left, try sum())
  }

  private mutating func sum() throws(Fault) -> MetricExpression.Node {
    var node = try product()
    while let sign = take(["+", "-"]) { node = .binary(sign, node, try product()) }
    return node
  }

  private mutating func product() throws(Fault) -> MetricExpression.Node {
    var node = try power()
    while let sign = take(["*", "/"]) { node = .binary(sign, node, try power()) }
    return node
  }

  /// Parses a power; signs bind weaker than powers: -x^2 is -(x^2).
  private mutating func power() throws(Fault) -> MetricExpression.Node {
    var isNegative = false
    while let sign = take(["-", "+"]) { if sign == .subtract { isNegative.toggle() } }
    var node = try atom()
    if take(["^"]) != nil {
      nesting += 1
      defer { nesting -= 1 }
      guard nesting <= Self.maximumNesting else { throw Fault(message: "powers are nested too deeply") }
      node = .binary(.power, node, try power())
    }
    return isNegative ? .negated(node) : node
  }

  private mutating func atom() throws(Fault) -> MetricExpression.Node {
    guard let token = tokens.popFirst() else { throw Fault(message: "the expression ends too early") }
    if token == "(" {
      let node = try comparison()
      try expect(")")
      return node
    }
    if let number = Double(token), token.first?.isNumber == true || token.first == "." { return .number(number) }
    if let kind = MetricExpression.Aggregate.Kind(rawValue: token) { return try aggregate(kind) }
    if let function = MetricExpression.Function(rawValue: token) { return try call(function) }
    guard let variable = Self.variable(token) else { throw Fault(message: "unknown name '\(token)'") }
    return .variable(variable)
  }

  private mutating func aggregate(_ kind: MetricExpression.Aggregate.Kind) throws(Fault) -> MetricExpression.Node {
    guard !isInsideAggregate else { throw Fault(message: "\(kind.rawValue) cannot be inside another aggregate") }
    isInsideAggregate = true
    defer { isInsideAggregate = false }
    try expect("(")
    let node = try comparison()
    try expect(")")
    aggregates.append(.init(kind: kind, node: node))
    return .aggregate(aggregates.count - 1)
  }

  private mutating func call(_ function: MetricExpression.Function) throws(Fault) -> MetricExpression.Node {
    try expect("(")
    var arguments = [try comparison()]
    while tokens.first == "," {
      tokens.removeFirst()
      arguments.append(try comparison())
    }
    try expect(")")
    guard arguments.count == function.argumentCount else {
      throw Fault(message: "\(function.rawValue) takes \(function.argumentCount) values, found \(arguments.count)")
    }
    return .call(function, arguments)
  }

  private static func variable(_ name: String) -> MetricExpression.Variable? {
    switch name {
    case "actual": return .actual
    case "predict": return .predict
    case "weight": return .weight
    case "p_actual": return .probabilityOfActual
    default:
      guard name.first == "p", let index = Int(name.dropFirst()), index >= 0 else { return nil }
      return .probability(index)
    }
  }
}
