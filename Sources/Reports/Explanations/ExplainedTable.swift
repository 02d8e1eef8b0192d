package import Explanations

/// The explanations of a model, with the table whose rows they use.
package struct ExplainedTable: Sendable {
  package let part: MeasuredPart
  package let explanations: ModelExplanations

  package init(_ part: MeasuredPart, _ explanations: ModelExplanations) {
    self.part = part
    self.explanations = explanations
  }
}
