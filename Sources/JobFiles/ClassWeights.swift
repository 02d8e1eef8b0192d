package import Documents

/// The value of `class_weight`: the loss factor of each class.
package enum ClassWeights: ParameterValue, Equatable {
  /// Weights that are inversely proportional to the number of rows of the class.
  case balanced
  /// Weights by class name; classes that are not named have weight 1.
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

  /// The weights given by name; empty for `balanced`.
  var weights: [Double] {
    switch self {
    case .balanced: []
    case .named(let weights): Array(weights.values)
    }
  }
}
