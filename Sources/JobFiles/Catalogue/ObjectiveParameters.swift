internal import Documents

/// Loss, distribution of the response, and balancing of classes.
package struct ObjectiveParameters: Sendable {
  package let loss = Parameter<LossChoice>(
    "loss", default: .automatic, group: .objective,
    activeWhen: .loss,
    traits: [.judgesModels],
    otherNames: ["criterion", "loss_function", "objective", "loss_fn"],
    "Loss function that training minimises.",
    details: """
      Classification: Automatic means CrossEntropy; Quadratic is also accepted, and Absolute and Huber
      with compatibility: documentation. Regression: the distribution determines the loss; this key
      selects the distribution only if distribution is AUTO.
      """)
  package let distribution = Parameter<DistributionChoice>(
    "distribution", default: .auto, group: .objective,
    activeWhen: .distribution,
    traits: [.fixedOnContinuation],
    otherNames: ["family"],
    "Distribution of the response; it determines the link function and the deviance.",
    details: """
      AUTO is bernoulli for two classes and multinomial for more. For a numeric response AUTO follows
      the loss: gaussian, laplace (Absolute), huber (Huber) or quantile (Quantile). poisson, gamma and
      tweedie have a log link and need a response of at least 0.
      """)
  package let quantileAlpha = Parameter<Double>(
    "quantile_alpha", default: 0.5, .between(0, and: 1), group: .objective,
    activeWhen: .distribution(.quantile),
    traits: [.fixedOnContinuation],
    "Quantile to predict; 0.5 is the median.")
  package let tweediePower = Parameter<Double>(
    "tweedie_power", default: 1.5, .between(0, and: 2), group: .objective,
    activeWhen: .tweediePower,
    traits: [.fixedOnContinuation],
    "Power of the variance function: 0, or from 1 to 2.",
    details: """
      0 is gaussian, 1 is poisson, 2 is gamma. A power between 1 and 2 is a compound of poisson and
      gamma, in which zeros have a probability of their own. With h2o-3.46 the power must be above 1 and
      below 2.
      """)
  package let huberAlpha = Parameter<Double>(
    "huber_alpha", default: 0.9, .between(0, and: 1), group: .objective,
    activeWhen: .distribution(.huber),
    traits: [.fixedOnContinuation],
    isOnReferencePage: false,
    "Quantile of the absolute residuals above which the reported deviance is linear.",
    details: """
      It does not change the training loss, which always switches from quadratic to linear at 1 in the
      standardised response.
      """)
  package let balanceClasses = Parameter<Bool>(
    "balance_classes", default: false, group: .classBalancing, activeWhen: "the model is a classifier",
    traits: [.judgesModels],
    "Repeats rows of rare classes until all classes are equally frequent.",
    details: """
      Probabilities are corrected to the class proportions of the original table. Training metrics are
      those of the original table too (with h2o-3.46, of the balanced one). max_after_balance_size
      limits the number of rows.
      """)
  package let classSamplingFactors = Parameter<ClassFactors>(
    "class_sampling_factors", default: .inOrder([]), defaultNote: "computed",
    ValueRule("each between 0 and 1000000") { $0.numbers.allSatisfy { $0 >= 0 && $0 <= 1e6 } },
    group: .classBalancing,
    activeWhen: "balance_classes is true",
    traits: [.judgesModels],
    "Sampling factor of each class, as in {setosa: 1, virginica: 2.5}.",
    details: """
      The factor is the number of times that the rows of a class are taken. Classes that are not named
      have factor 1. A list has one factor per class, in the lexicographical order of the class names,
      as on the reference page: classes 1, 2 and 10 come in the order 1, 10, 2. plan.yaml records the
      factor of each class. By default, the factors make all classes equally frequent.
      """)
  package let maxAfterBalanceSize = Parameter<Double>(
    "max_after_balance_size", default: 5,
    .above(0, atMost: 100), group: .classBalancing,
    activeWhen: .maxAfterBalanceSize,
    traits: [.fixedInGrids, .judgesModels],
    "Maximum size of the balanced table relative to the original; may be below 1.",
    details: "If balancing needs more rows, all sampling factors are reduced in proportion.")
}
