package import Documents

/// The number of models of a grid that train at the same time.
package enum ParallelismChoice: ParameterValue, Hashable {
  /// One model for each thread of the job, on all of its ranks.
  case automatic
  case models(Int)

  private static let automaticWord = ChoiceName("auto", "auto")

  package static var typeName: String { "whole number or auto" }

  package static var words: [ChoiceName] { [automaticWord] }

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> ParallelismChoice {
    let text = try node.scalarText(expected: "a \(typeName)")
    if automaticWord.matches(text) { return .automatic }
    guard Double(text) != nil else { throw ValueFault(node, expected: "a \(typeName)") }
    let count = try Int.parse(node)
    // H2O's number for it.
    return count == 0 ? .automatic : .models(count)
  }

  package var text: String {
    switch self {
    case .automatic: "auto"
    case .models(let count): count.text
    }
  }

  /// Returns the number of models that train at the same time; each needs one of the threads of all ranks.
  package func models(threads: Int) -> Int {
    switch self {
    case .automatic: threads
    case .models(let count): min(count, threads)
    }
  }
}

extension ValueRule where Value == ParallelismChoice {
  /// The valid numbers of models.
  static var ofModels: ValueRule {
    ValueRule("auto, or between 0 and 1024") {
      if case .models(let count) = $0 { (1...1024).contains(count) } else { true }
    }
  }
}
