/// The explanations of a model in its result folder; H2O's training has none.
package struct ExplanationParameters: Sendable {
  package let explanations = Parameter<ExplanationsChoice>(
    "explanations", default: .auto, group: .output,
    activeWhen: .explanations,
    traits: [.fixedInGrids], isOnReferencePage: false,
    "Explanations of the model in explanations/ and in the report.",
    details: """
      They are the permutation importance of each column, the dependence of the predictions on the
      strongest columns, errors by predictor, and the contributions of all columns to some predictions
      (SHAP values). The rows are those of the validation table, else of the training table. auto uses
      fewer rows, repetitions and columns where needed, so that the explanations take about a tenth of
      the arithmetic of the training, and at least a fraction of a second. full takes the time that
      explanation_rows and background_rows need. none leaves them out. A grid explains its best model
      only; autoencoders and the models of folds have no explanations.
      """)
  package let explanationRows = Parameter<Int>(
    "explanation_rows", default: 1000, .between(1, and: 1_000_000), group: .output,
    activeWhen: .explained,
    traits: [.fixedInGrids], isOnReferencePage: false,
    "Maximum number of rows that explanations use.",
    details: "More rows are drawn at random; the draw depends on the seed.")
  package let backgroundRows = Parameter<Int>(
    "background_rows", default: 100, .between(1, and: 10_000), group: .output,
    activeWhen: .background,
    traits: [.fixedInGrids], isOnReferencePage: false,
    "Number of training rows with which contributions compare a row.",
    details: """
      They are drawn at random and stored in model/background.json, which predict --contributions uses.
      The time of contributions is proportional to their number.
      """)
}
