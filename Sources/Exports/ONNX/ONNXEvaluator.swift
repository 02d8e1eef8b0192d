internal import DeepLearning

/// Evaluates an ``ONNXGraph`` to verify an export before anyone else runs it.
///
/// It supports only the operators that ``ONNXWriter`` uses, by the definitions of the ONNX
/// standard, in double precision throughout.
package struct ONNXEvaluator {
  /// A table [rows x columns]; vectors are a single row.
  package enum Value {
    case numbers(rows: Int, columns: Int, [Double])
    case texts([String])
  }

  private let graph: ONNXGraph

  package init(_ graph: ONNXGraph) { self.graph = graph }

  /// Returns the outputs by name.
  ///
  /// `inputs`: One column per input of the graph.
  package func outputs(_ inputs: [String: Value]) throws(ExportError) -> [String: Value] {
    var values = inputs
    for constant in graph.constants {
      let columns = constant.shape.last ?? 1
      let numbers: [Double] =
        switch constant.values {
        case .floats(let values): values.map(Double.init)
        case .doubles(let values): values
        case .integers(let values): values.map(Double.init)
        }
      values[constant.name] = .numbers(rows: numbers.count / max(1, columns), columns: columns, numbers)
    }
    for node in graph.nodes {
      var arguments: [Value] = []
      for name in node.inputs {
        guard let value = values[name] else { throw .notONNX(reason: "'\(name)' has no source") }
        arguments.append(value)
      }
      guard let output = node.outputs.first else { throw .notONNX(reason: "a \(node.type) has no output") }
      values[output] = try result(of: node, arguments)
    }
    var outputs: [String: Value] = [:]
    for port in graph.outputs { outputs[port.name] = values[port.name] }
    return outputs
  }

  private func result(of node: ONNXGraph.Node, _ arguments: [Value]) throws(ExportError) -> Value {
    switch node.type {
    case "Add": try combine(arguments, +)
    case "Sub": try combine(arguments, -)
    case "Mul": try combine(arguments, *)
    case "Div": try combine(arguments, /)
    case "Max": try combine(arguments) { Swift.max($0, $1) }
    case "Min": try combine(arguments) { Swift.min($0, $1) }
    case "Greater": try combine(arguments) { $0 > $1 ? 1 : 0 }
    case "GreaterOrEqual": try combine(arguments) { $0 >= $1 ? 1 : 0 }
    case "IsNaN": try map(arguments[0]) { $0.isNaN ? 1 : 0 }
    case "Relu": try map(arguments[0]) { max(0, $0) }
    case "Tanh": try map(arguments[0]) { Activation.tanh.value(of: $0) }
    case "Elu": try map(arguments[0]) { Activation.expRectifier.value(of: $0) }
    case "Selu": try map(arguments[0]) { Activation.selu.value(of: $0) }
    case "Softplus": try map(arguments[0]) { max($0, 0) + Elementary.log(1 + Elementary.exp(-abs($0))) }
    case "Sqrt": try map(arguments[0]) { $0.squareRoot() }
    case "Exp": try map(arguments[0], Elementary.exp)
    case "Cast": try map(arguments[0]) { $0 }
    case "Where": try choose(arguments)
    case "Reshape": try reshaped(arguments[0])
    case "Concat": try concatenated(arguments)
    case "Gather": try gathered(node, arguments)
    case "Gemm": try product(arguments)
    case "OneHot": try oneHot(arguments)
    case "Softmax": try softmax(arguments[0])
    case "ReduceSum": try mapRows(arguments[0]) { [$0.reduce(0, +)] }
    case "ArgMax":
      try mapRows(arguments[0]) { row in
        [Double(row.indices.reduce(row.startIndex) { row[$1] > row[$0] ? $1 : $0 } - row.startIndex)]
      }
    case "LabelEncoder": try labelled(node, arguments[0])
    default: throw .notONNX(reason: "unsupported operator '\(node.type)'")
    }
  }

  private func numbers(_ value: Value) throws(ExportError) -> (rows: Int, columns: Int, values: [Double]) {
    guard case .numbers(let rows, let columns, let values) = value else {
      throw .notONNX(reason: "text where numbers are expected")
    }
    return (rows, columns, values)
  }

  private func map(_ value: Value, _ function: (Double) -> Double) throws(ExportError) -> Value {
    let (rows, columns, values) = try numbers(value)
    return .numbers(rows: rows, columns: columns, values.map(function))
  }

  private func mapRows(_ value: Value, _ function: (ArraySlice<Double>) -> [Double]) throws(ExportError) -> Value {
    let (rows, columns, values) = try numbers(value)
    let results = (0..<rows).map { function(values[$0 * columns..<($0 + 1) * columns]) }
    return .numbers(rows: rows, columns: results.first?.count ?? 0, results.flatMap { $0 })
  }

  /// Combines element by element; a single row or column is repeated to match the other operand.
  private func combine(_ arguments: [Value], _ function: (Double, Double) -> Double) throws(ExportError) -> Value {
    let one = try numbers(arguments[0])
    let other = try numbers(arguments[1])
    let (rows, columns) = (max(one.rows, other.rows), max(one.columns, other.columns))
    func fits(_ count: Int, _ whole: Int) -> Bool { count == whole || count == 1 }
    guard fits(one.rows, rows), fits(other.rows, rows), fits(one.columns, columns), fits(other.columns, columns) else {
      throw .notONNX(reason: "shapes do not match")
    }
    func at(_ value: (rows: Int, columns: Int, values: [Double]), _ row: Int, _ column: Int) -> Double {
      value.values[(value.rows == 1 ? 0 : row) * value.columns + (value.columns == 1 ? 0 : column)]
    }
    var results: [Double] = []
    results.reserveCapacity(rows * columns)
    for row in 0..<rows {
      for column in 0..<columns { results.append(function(at(one, row, column), at(other, row, column))) }
    }
    return .numbers(rows: rows, columns: columns, results)
  }

  private func choose(_ arguments: [Value]) throws(ExportError) -> Value {
    let condition = try numbers(arguments[0])
    let yes = try combine([arguments[1], arguments[0]]) { value, _ in value }
    let no = try combine([arguments[2], arguments[0]]) { value, _ in value }
    let (first, second) = (try numbers(yes).values, try numbers(no).values)
    guard first.count == condition.values.count, second.count == first.count else {
      throw .notONNX(reason: "shapes do not match")
    }
    let results = condition.values.indices.map { condition.values[$0] != 0 ? first[$0] : second[$0] }
    return .numbers(rows: condition.rows, columns: condition.columns, results)
  }

  /// Returns the codes of a column, which remain a column here.
  private func reshaped(_ value: Value) throws(ExportError) -> Value {
    let (_, _, values) = try numbers(value)
    return .numbers(rows: values.count, columns: 1, values)
  }

  private func concatenated(_ arguments: [Value]) throws(ExportError) -> Value {
    var parts: [(rows: Int, columns: Int, values: [Double])] = []
    for argument in arguments { parts.append(try numbers(argument)) }
    let rows = parts.first?.rows ?? 0
    guard parts.allSatisfy({ $0.rows == rows }) else { throw .notONNX(reason: "shapes do not match") }
    var results: [Double] = []
    for row in 0..<rows {
      for part in parts { results += part.values[row * part.columns..<(row + 1) * part.columns] }
    }
    return .numbers(rows: rows, columns: parts.reduce(0) { $0 + $1.columns }, results)
  }

  private func gathered(_ node: ONNXGraph.Node, _ arguments: [Value]) throws(ExportError) -> Value {
    let data = try numbers(arguments[0])
    let codes = try numbers(arguments[1]).values.map { Int($0) }
    let isByColumn = node.attributes["axis"] == .integer(1)
    guard codes.allSatisfy({ $0 >= 0 && $0 < (isByColumn ? data.columns : data.rows) }) else {
      throw .notONNX(reason: "a code exceeds its table")
    }
    if isByColumn {
      let results = (0..<data.rows).flatMap { row in codes.map { data.values[row * data.columns + $0] } }
      return .numbers(rows: data.rows, columns: codes.count, results)
    }
    let results = codes.flatMap { data.values[$0 * data.columns..<($0 + 1) * data.columns] }
    return .numbers(rows: codes.count, columns: data.columns, results)
  }

  /// Computes A x B' + C.
  private func product(_ arguments: [Value]) throws(ExportError) -> Value {
    let (one, other) = (try numbers(arguments[0]), try numbers(arguments[1]))
    let summand = try numbers(arguments[2]).values
    guard one.columns == other.columns, summand.count == other.rows else {
      throw .notONNX(reason: "shapes do not match")
    }
    var results: [Double] = []
    results.reserveCapacity(one.rows * other.rows)
    for row in 0..<one.rows {
      for unit in 0..<other.rows {
        var sum = summand[unit]
        for index in 0..<one.columns {
          sum += one.values[row * one.columns + index] * other.values[unit * other.columns + index]
        }
        results.append(sum)
      }
    }
    return .numbers(rows: one.rows, columns: other.rows, results)
  }

  private func oneHot(_ arguments: [Value]) throws(ExportError) -> Value {
    let codes = try numbers(arguments[0]).values
    let depth = Int(try numbers(arguments[1]).values.first ?? 0)
    let ends = try numbers(arguments[2]).values
    let results = codes.flatMap { code in (0..<depth).map { $0 == Int(code) ? ends[1] : ends[0] } }
    return .numbers(rows: codes.count, columns: depth, results)
  }

  private func softmax(_ value: Value) throws(ExportError) -> Value {
    try mapRows(value) { row in
      let largest = row.max() ?? 0
      let powers = row.map { Elementary.exp($0 - largest) }
      let sum = powers.reduce(0, +)
      return powers.map { $0 / sum }
    }
  }

  private func labelled(_ node: ONNXGraph.Node, _ value: Value) throws(ExportError) -> Value {
    switch (value, node.attributes["keys_strings"], node.attributes["values_int64s"], node.attributes["default_int64"])
    {
    case (.texts(let texts), .strings(let keys), .integers(let codes), .integer(let fallback)):
      let code = Dictionary(zip(keys, codes), uniquingKeysWith: { first, _ in first })
      return .numbers(rows: texts.count, columns: 1, texts.map { Double(code[$0] ?? fallback) })
    default: break
    }
    guard case .strings(let names) = node.attributes["values_strings"] else {
      throw .notONNX(reason: "a LabelEncoder without labels")
    }
    return .texts(try numbers(value).values.map { names.indices.contains(Int($0)) ? names[Int($0)] : "" })
  }
}
