package import Documents

/// The description of `grid.hyper_params`, the only key whose entries are other keys.
///
/// The reader of job files takes its entries one by one, so the row is not part of the catalogue's rows.
package struct HyperParametersRow: ParameterRow {
  package let key = ParameterCatalogue.Block.hyperParameters
  package let group = ParameterGroup.grid
  package let activeWhen: Condition? = nil
  package let traits: ParameterTraits = []
  package let otherNames = ["hyper_parameters", "param_grid", "params", "search_space"]
  package let isOnReferencePage = false
  package let summary = "The parameters to vary, each with the list of its values."
  package let details = """
    A model is trained for each combination, or for the combinations that grid.search_criteria selects:
    `grid: {hyper_params: {hidden: [[20], [50, 50]], l1: [0, 1e-4]}}`. A value that the job file gives
    outside the grid does not count for these parameters.
    """
  package let typeName = "block of parameters, each with a list of values"
  package let defaultText = "null"
  package let ruleText = ""
  package let choices: [ChoiceName] = []

  package func parse(_ node: DocumentNode) throws(ValueFault) -> any ParameterValue {
    throw ValueFault(node, expected: "a \(typeName)")
  }
}
