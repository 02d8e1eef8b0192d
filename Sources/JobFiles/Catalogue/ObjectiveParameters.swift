internal import Documents

/// What is minimised.
package struct ObjectiveParameters: Sendable {
  package let loss = Parameter<LossChoice>(
    "loss", default: .automatic, group: .objective,
    activeWhen: .loss,
    traits: [.judgesModels],
    otherNames: ["criterion", "loss_function", "objective"],
    "The function of errors that training makes small.",
    details: """
      Classification: Automatic is CrossEntropy; Quadratic is accepted, and Absolute and Huber under compatibility \
      documentation. Regression: the distribution decides; the loss only chooses it when distribution is AUTO.
      """)
  package let distribution = Parameter<DistributionChoice>(
    "distribution", default: .auto, group: .objective,
    activeWhen: .distribution,
    traits: [.fixedOnContinuation],
    otherNames: ["family"],
    "Distribution of the response: it fixes link and deviance.",
    details: """
      AUTO is bernoulli for two classes, multinomial for more, and for a numeric response follows the loss: gaussian, \
      laplace (Absolute), huber (Huber) or quantile (Quantile). poisson, gamma and tweedie have a log link.
      """)
  package let quantileAlpha = Parameter<Double>(
    "quantile_alpha", default: 0.5, .between(0, and: 1), group: .objective,
    activeWhen: .distribution("quantile"),
    traits: [.fixedOnContinuation],
    "The quantile that is predicted.")
  package let tweediePower = Parameter<Double>(
    "tweedie_power", default: 1.5, .between(0, and: 2), group: .objective,
    activeWhen: .tweediePower,
    traits: [.fixedOnContinuation],
    "Power of the variance function: 0, or from 1 to 2.",
    details: "0 is gaussian, 1 poisson, 2 gamma; between 1 and 2 zeros have a probability of their own.")
  package let huberAlpha = Parameter<Double>(
    "huber_alpha", default: 0.9, .between(0, and: 1), group: .objective,
    activeWhen: .distribution("huber"),
    traits: [.fixedOnContinuation],
    isOnReferencePage: false,
    "Quantile of the absolute residuals beyond which the reported deviance is linear.",
    details: "Training switches from quadratic to linear at 1 in the standardised response, whatever this says.")
  package let balanceClasses = Parameter<Bool>(
    "balance_classes", default: false, group: .classBalancing, activeWhen: "classification",
    traits: [.judgesModels],
    "Repeats rows of rare classes until all classes are equally frequent.",
    details: """
      Probabilities are corrected, so that they mean the original table, of which the training metrics are too (under \
      h2o-3.46 of the balanced one).
      """)
  package let classSamplingFactors = Parameter<ClassFactors>(
    "class_sampling_factors", default: .inOrder([]), defaultNote: "computed",
    ValueRule("each between 0 and 1000000") { $0.numbers.allSatisfy { $0 >= 0 && $0 <= 1e6 } },
    group: .classBalancing,
    activeWhen: "balance_classes",
    traits: [.judgesModels],
    "How often the rows of each class are taken, as in {setosa: 1, virginica: 2.5}.",
    details: """
      Classes that the block does not name are taken once. A list has a factor for each class, in the lexicographical \
      order of their names as on the reference page: classes 1, 2 and 10 in the order 1, 10, 2. plan.yaml says which \
      class got which.
      """)
  package let maxAfterBalanceSize = Parameter<Double>(
    "max_after_balance_size", default: 5,
    .above(0, atMost: 100), group: .classBalancing,
    activeWhen: .maxAfterBalanceSize,
    traits: [.fixedInGrids, .judgesModels],
    "Upper limit of the balanced table relative to the original; may be below 1.")
}
