internal import DataFrames
package import JobFiles
internal import Wording

/// The assignment of `class_sampling_factors` to the classes of a response.
package struct ClassFactorAssignment {
  package struct Fault: Error { package let text: String }

  /// Each class with its factor, in lexicographical order as on the reference page: 1, 10, 2.
  package let factors: [(name: String, factor: Double)]

  /// - `classes`: The classes of the response, in any order.
  /// - Throws: ``Fault`` if the factors do not match the classes.
  package init(_ given: ClassFactors, classes: [String], response: String) throws(Fault) {
    let names = LevelOrder.asWords.sorted(classes)
    let known = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", ..." : "")
    switch given {
    case .inOrder(let list):
      guard list.count == names.count else {
        throw Fault(
          text:
            "has \(NumberText.count(list.count, "value")), but '\(response)' has "
            + "\(NumberText.count(names.count, "class", plural: "classes")); give one value for each of \(known)"
        )
      }
      factors = zip(names, list).map { ($0, $1) }
    case .byName(let block):
      let strange = block.keys.filter { !names.contains($0) }.sorted()
      guard strange.isEmpty else {
        let words = strange.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
        throw Fault(text: "names unknown classes \(words); the classes of '\(response)' are \(known)")
      }
      factors = names.map { ($0, block[$0] ?? 1) }
      guard factors.contains(where: { $0.factor > 0 }) else {
        throw Fault(text: "are 0 for every class, so no row is left; use larger factors")
      }
    }
  }

  /// A warning about a list of factors for numeric classes, whose numeric order differs from the
  /// lexicographical one.
  static func orderWarning(_ given: ClassFactors, _ response: Column) -> String? {
    guard case .inOrder(let list) = given, Set(list).count > 1, let classes = response.levels,
      LevelOrder.bySize.sorted(classes) != LevelOrder.asWords.sorted(classes),
      let assignment = try? ClassFactorAssignment(given, classes: classes, response: response.name)
    else { return nil }
    return "class_sampling_factors follow the lexicographical order of the classes, not their numeric order: "
      + "\(assignment.description); to avoid doubt, name the classes, as in {\(classes[0]): \(list[0].text)}"
  }

  /// Text for messages: `1: 1, 10: 8, 2: 1`.
  package var description: String {
    let shown = 50
    return factors.prefix(shown).map { "\($0.name): \($0.factor.text)" }.joined(separator: ", ")
      + (factors.count > shown ? ", ..." : "")
  }
}
