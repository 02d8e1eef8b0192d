package import Documents

/// How much the rows of each class count in training: `class_weight`.
package enum ClassWeights: ParameterValue, Equatable {
  /// Inversely proportional to the number of rows.
  case balanced
  /// By the name of the class; the others have weight 1.
  case named([String: Double])

  private static let balancedWord = "balanced"

  package static var typeName: String { "balanced, or block of class names, each with a number" }

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> ClassWeights {
    switch node.content {
    case .scalar(let text, _) where text.lowercased() == balancedWord: return .balanced
    case .mapping(let entries) where !entries.isEmpty: return .named(try [String: Double].parse(node))
    case .scalar, .mapping, .sequence: throw ValueFault(node, expected: "balanced, or {class: weight, ...}")
    }
  }

  package var text: String {
    switch self {
    case .balanced: Self.balancedWord
    case .named(let weights): weights.text
    }
  }

  /// The numbers that were given.
  var weights: [Double] {
    switch self {
    case .balanced: []
    case .named(let weights): Array(weights.values)
    }
  }
}
