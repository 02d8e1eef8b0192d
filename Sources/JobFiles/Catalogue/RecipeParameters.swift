/// Training parameters that H2O does not have: the ingredients of modern recipes for tables.
package struct RecipeParameters: Sendable {
  package let optimizer = Parameter<OptimizerChoice>(
    "optimizer", default: .auto, group: .learningRate,
    traits: [.fixedOnContinuation], isOnReferencePage: false,
    otherNames: ["solver"],
    "Rule that turns gradients into steps.",
    details: """
      AUTO is ADADELTA with adaptive_rate, and momentum without it. ADADELTA uses rho and epsilon.
      Momentum uses rate, rate_schedule and the momentum keys. Adam uses rate, rate_schedule, beta1,
      beta2 and epsilon; l2 acts as decoupled weight decay (AdamW). Adam updates every weight at every
      step, whatever fast_mode says; only a sparse first layer skips the weights of inputs that are zero
      in the whole mini-batch. Adam works best with mini_batch_size between 32 and 1024. Cannot be
      combined with compatibility: h2o-3.46. Source: Kingma and Ba 2015, arXiv 1412.6980.
      """)
  package let beta1 = Parameter<Double>(
    "beta1", default: 0.9, .from(0, below: 1), group: .learningRate,
    activeWhen: .adam,
    traits: [.fixedOnContinuation], isOnReferencePage: false,
    otherNames: ["beta_1", "adam_beta1"],
    "Adam: share of the average gradient that is kept at each step.")
  package let beta2 = Parameter<Double>(
    "beta2", default: 0.999, .from(0, below: 1), group: .learningRate,
    activeWhen: .adam,
    traits: [.fixedOnContinuation], isOnReferencePage: false,
    otherNames: ["beta_2", "adam_beta2"],
    "Adam: share of the average squared gradient that is kept at each step.",
    details: "0.95 suits short trainings on small tables, where 0.999 remembers too long.")
  package let rateSchedule = Parameter<RateScheduleChoice>(
    "rate_schedule", default: .annealing, group: .learningRate,
    activeWhen: .manualRate,
    isOnReferencePage: false,
    otherNames: ["lr_schedule", "lr_scheduler", "scheduler", "learning_rate_schedule", "lr_scheduler_type"],
    "Course of the learning rate over the training.",
    details: """
      Annealing divides rate by 1 + rate_annealing * rows trained. Constant keeps it. Cosine lowers it to
      0 along half a cosine. CosLog4 has four cycles, each twice as long as the one before, in which the
      rate rises from 0 to rate and falls back to 0: with t for the fraction of the training, rate * (1 -
      cos(2 pi log2(1 + 15 t))) / 2. Cosine and CosLog4 end at the last of epochs. A job that continues
      such a training with checkpoint must give rate_schedule again, and its curve spans the additional
      epochs. Sources: Loshchilov and Hutter 2017, arXiv 1608.03983; Holzmüller, Grinsztajn and Steinwart
      2024, arXiv 2407.04491.
      """)
  package let numericTransform = Parameter<NumericTransformChoice>(
    "numeric_transform", default: .standardize, group: .data,
    traits: [.unknownToH2O, .fixedOnContinuation], isOnReferencePage: false,
    otherNames: ["scaler"],
    "Transform of numeric inputs.",
    details: """
      Standardize follows standardize. RobustClip subtracts the median, divides by the interquartile
      range (if that is 0, by half of the range), and clips smoothly to the interval from -3 to 3: x
      becomes x / sqrt(1 + (x / 3)^2). Outliers then distort neither the scale nor the network. Missing
      values become the median. With sparse, the median is not subtracted. Unsupported for autoencoders.
      ONNX exports include it; MOJO exports cannot. Source: Holzmüller, Grinsztajn and Steinwart 2024,
      arXiv 2407.04491.
      """)
  package let labelSmoothing = Parameter<Double>(
    "label_smoothing", default: 0, .from(0, below: 1), group: .objective,
    activeWhen: .labelSmoothing,
    traits: [.unknownToH2O],
    isOnReferencePage: false,
    "Probability that the loss spreads evenly over all classes instead of the actual class.",
    details: """
      It keeps a classifier from becoming too sure of the training rows; 0.1 is common. The probabilities
      become more even; temperature_scaling corrects that. It needs the loss CrossEntropy. Source: Szegedy
      et al. 2016, arXiv 1512.00567.
      """)
  package let parametrization = Parameter<ParametrizationChoice>(
    "parametrization", default: .standard, group: .network,
    activeWhen: .adam,
    traits: [.unknownToH2O, .fixedOnContinuation], isOnReferencePage: false,
    "Scale of the weights at the start, and of their steps.",
    details: """
      Standard leaves both to the other keys. NeuralTangent draws each weight from a normal distribution
      of variance 1 / fan-in and each bias from one of variance 1, and divides the learning rate of the
      weights by the root of fan-in, the number of inputs of their unit. One learning rate then suits
      layers of every width. With Adam it equals the parametrisation W x / sqrt(fan-in) + b with weights
      of variance 1. It replaces initial_weight_distribution. Source: Jacot, Gabriel and Hongler 2018,
      arXiv 1806.07572.
      """)
  package let biasRateFactor = Parameter<Double>(
    "bias_rate_factor", default: 1, .between(0, and: 1000), group: .learningRate,
    activeWhen: .adam,
    traits: [.fixedOnContinuation], isOnReferencePage: false,
    "Factor of the learning rate of biases; with Adam only.")
  package let inputScaling = Parameter<Bool>(
    "input_scaling", default: false, group: .network,
    traits: [.unknownToH2O, .fixedOnContinuation], isOnReferencePage: false,
    "Learns a factor for each input, in front of the first layer.",
    details: """
      The factors start at 1 and show the network which inputs matter. They need optimizer: Adam, and
      cannot be combined with elastic_averaging. In the finished model they are part of the weights of
      the first layer. All inputs are treated as dense, so that training on columns with thousands of
      levels is slow.
      """)
  package let scalingRateFactor = Parameter<Double>(
    "scaling_rate_factor", default: 6, .between(0, and: 1000), group: .learningRate,
    activeWhen: .inputScaling,
    traits: [.fixedOnContinuation], isOnReferencePage: false,
    "Factor of the learning rate of the input factors.")
  package let zeroInitialOutput = Parameter<Bool>(
    "zero_initial_output", default: false, group: .network,
    traits: [.unknownToH2O], isOnReferencePage: false,
    "Starts with weights and biases of zero in the output layer.",
    details: """
      Training then begins at even probabilities, or at the mean of the response. With hidden: [] the
      whole network starts at zero.
      """)
  package let preset = Parameter<PresetChoice?>(
    "preset", default: nil, defaultNote: "none", group: .jobFile,
    isOnReferencePage: false,
    "Recipe whose values replace the defaults of other keys.",
    details: """
      tabular is a recipe for tables of up to some hundred thousand rows. It follows RealMLP-TD-S, which
      makes better models than H2O's defaults on most tables and takes longer to train. A key that the job
      gives keeps its value, so the recipe can be varied. plan.yaml and the report mark the values that
      come from the preset. best searches with this recipe: SuccessiveHalving varies hidden, activation,
      mini_batch_size, input_dropout_ratio, l2, rate and label_smoothing, as far as the job does not give
      them, within max_runtime_secs (60 seconds if it is 0) or the limits under grid.search_criteria, and
      begins with the recipe itself; the result is the best model, or the mean of several if that is
      better. A job with its own grid.hyper_params varies those instead. Both hold out a fifth of the rows
      for validation. With validation_frame or cross-validation, validation_fraction stays 0. Unsupported
      for autoencoders and with compatibility: h2o-3.46. Source: Holzmüller, Grinsztajn and Steinwart
      2024, Better by Default, arXiv 2407.04491.
      """)
  package let bestModelTies = Parameter<TieChoice>(
    "best_model_ties", default: .first, group: .stopping,
    activeWhen: .bestModel,
    traits: [.unknownToH2O],
    isOnReferencePage: false,
    "Network that overwrite_with_best_model keeps of several with the same score.",
    details: """
      Error rates of few validation rows often tie; last then keeps the network that was trained longest.
      """)
  package let temperatureScaling = Parameter<Bool>(
    "temperature_scaling", default: false, group: .objective,
    activeWhen: .temperature,
    traits: [.unknownToH2O],
    isOnReferencePage: false,
    otherNames: ["calibrate_model"],
    "Calibrates the probabilities of a classifier on the validation rows.",
    details: """
      The net inputs of the output layer are divided by the temperature with the smallest log loss on the
      validation rows, each of which counts as wrong by 1 / (rows + 2), so that few rows on which the
      model is always right do not make it too sure. It is chosen after the best network and before the
      decision threshold. Labels of more than two classes do not change. The temperature is part of the
      weights of the finished model, so every export has it; metrics.json records it. Validation metrics
      then come from rows that were used for selection. Sources: Guo et al. 2017, arXiv 1706.04599;
      Platt 1999, Probabilistic outputs for support vector machines.
      """)
}
