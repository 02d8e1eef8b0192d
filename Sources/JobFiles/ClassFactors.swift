package import Documents

/// The value of `class_sampling_factors`: a factor per class, by name or in the lexicographical order of the classes.
package enum ClassFactors: ParameterValue, Equatable {
  case inOrder([Double])
  case byName([String: Double])

  package static var typeName: String { "block of class names, each with a number, or list of numbers" }

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> ClassFactors {
    if case .mapping = node.content { return .byName(try [String: Double].parse(node)) }
    return .inOrder(try [Double].parse(node.splitAtCommas(.numbers)))
  }

  package var text: String {
    switch self {
    case .inOrder(let factors): factors.text
    case .byName(let factors): factors.text
    }
  }

  /// The factors without their classes, in no particular order.
  package var numbers: [Double] {
    switch self {
    case .inOrder(let factors): factors
    case .byName(let factors): Array(factors.values)
    }
  }
}
