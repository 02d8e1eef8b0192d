package import Documents
internal import Wording

/// One row of the catalogue: the complete description of one job file key.
///
/// Validation, `deepspool explain`, the reference page and plan.yaml all use this row.
package struct Parameter<Value: ParameterValue>: ParameterRow {
  package let key: String
  /// The value of the key in a job that does not give it.
  package let defaultValue: Value
  /// The text for a default that is not a plain value, such as `computed`.
  package let defaultNote: String?
  package let rule: ValueRule<Value>
  package let group: ParameterGroup
  package let activeWhen: Condition?
  package let traits: ParameterTraits
  package let isOnReferencePage: Bool
  /// The accepted spellings of a list besides YAML's.
  package let listSpelling: ListSpelling
  package let otherNames: [String]
  package let summary: String
  package let details: String

  package init(
    _ key: String,
    default defaultValue: Value,
    defaultNote: String? = nil,
    _ rule: ValueRule<Value> = .any,
    group: ParameterGroup,
    activeWhen: Condition? = nil,
    traits: ParameterTraits = [],
    isOnReferencePage: Bool = true,
    listSpelling: ListSpelling = .yaml,
    otherNames: [String] = [],
    _ summary: String,
    details: String = ""
  ) {
    self.key = key
    self.defaultValue = defaultValue
    self.defaultNote = defaultNote
    self.rule = rule
    self.group = group
    self.activeWhen = activeWhen
    self.traits = traits
    self.isOnReferencePage = isOnReferencePage
    self.listSpelling = listSpelling
    self.otherNames = otherNames
    self.summary = summary
    self.details = details
  }

  package var typeName: String { Value.typeName }
  package var defaultText: String { defaultNote ?? defaultValue.text }
  package var ruleText: String { rule.text }
  package var choices: [ChoiceName] { Value.words }

  package func parse(_ node: DocumentNode) throws(ValueFault) -> any ParameterValue {
    let value: Value
    do throws(ValueFault) {
      value = try Value.parse(node.splitAtCommas(listSpelling))
    } catch {
      guard case .scalar(let text, _) = node.content, let answer = PlainUnit(inName: key)?.answer(to: text) else {
        throw error
      }
      throw ValueFault(at: node.location, answer)
    }
    guard rule.accepts(value) else { throw ValueFault(at: node.location, "must be \(rule.text), found \(value.text)") }
    return value
  }
}

/// A ``Parameter`` without its value type, for lists and pages.
package protocol ParameterRow: Sendable {
  var key: String { get }
  var group: ParameterGroup { get }
  /// The condition under which the parameter has an effect; nil if it always has one.
  var activeWhen: Condition? { get }
  var traits: ParameterTraits { get }
  /// The names of the parameter in scikit-learn, Keras, PyTorch, R and other tools; errors about them suggest this key.
  var otherNames: [String] { get }
  /// Whether H2O's Deep Learning reference page describes it.
  var isOnReferencePage: Bool { get }
  /// The purpose of the parameter in one sentence.
  var summary: String { get }
  /// Further facts: special values, recommendations, limits, differences from H2O, sources.
  var details: String { get }
  var typeName: String { get }
  var defaultText: String { get }
  /// The rule for values in words; empty if every value of the type is valid.
  var ruleText: String { get }
  /// The words for values; empty unless the type has a list of words.
  var choices: [ChoiceName] { get }
  /// Parses and validates the value of `node`.
  func parse(_ node: DocumentNode) throws(ValueFault) -> any ParameterValue
}

/// The chapters of the reference page, in reading order.
package enum ParameterGroup: String, CaseIterable, Sendable {
  case data = "Data"
  case network = "Network"
  case objective = "Objective"
  case training = "Training"
  case learningRate = "Learning rate"
  case regularization = "Regularization"
  case autoencoder = "Autoencoder"
  case classBalancing = "Class balancing"
  case scoring = "Scoring"
  case stopping = "Stopping"
  case crossValidation = "Cross-validation"
  case grid = "Grid search (under grid:)"
  case restart = "Checkpoints and pretraining"
  case execution = "Execution"
  case output = "Output"
  case prediction = "Predicting (kind: predict)"
  case reading = "Reading tables"
  case jobFile = "The job file itself"
  case scheduling = "Scheduling (under job:)"
  case daemon = "The daemon's configuration"
}
