/// How long, in which order and with which steps the network learns.
package struct TrainingParameters: Sendable {
  package let epochs = Parameter<Double>(
    "epochs", default: 10, .between(0, and: 1e9), group: .training,
    otherNames: ["max_iter", "maxit", "num_epochs", "n_epochs", "nb_epoch"],
    "Passes over the usable rows of the training table; may be a fraction.",
    details: """
      Usable rows have a response and a weight above 0 and, with missing_values_handling: Skip, no gap. Training ends \
      exactly at this number, under h2o-3.46 with the first whole iteration at which it is reached. 0 trains nothing \
      and scores the random network once.
      """)
  package let trainSamplesPerIteration = Parameter<Int>(
    "train_samples_per_iteration", default: -2, .atLeast(-2), group: .training,
    "Rows trained between two looks at the clock, the score and the stop rules.",
    details: """
      0 and -1 are one epoch. -2 chooses: a hundredth of all training, at most 100,000 rows; with reproducible it is \
      one epoch, with elastic_averaging and under h2o-3.46 a tenth of all training. Iterations end with a mini-batch. \
      The value changes no bit of the network, except with elastic_averaging and under h2o-3.46. H2O measures the \
      machine for -2; deepspool does not.
      """)
  package let shuffleTrainingData = Parameter<Bool>(
    "shuffle_training_data", default: false, defaultNote: "true; under h2o-3.46 false", group: .training,
    otherNames: ["shuffle"],
    "Visits the rows of each epoch in a new random order.",
    details: """
      An explicit false walks the rows in the order of the file, which ruins models of sorted tables. Under h2o-3.46 it \
      is switched on when an iteration is exactly one pass over the table.
      """)
  package let miniBatchSize = Parameter<Int>(
    "mini_batch_size", default: 1, .between(1, and: 65_536), group: .training, isOnReferencePage: false,
    otherNames: ["batch_size", "minibatch_size"],
    "Rows whose gradients are averaged before the weights change.",
    details: """
      Larger batches are faster and want a larger rate or more epochs. An epoch may end with a smaller batch. H2O \
      knows only 1, and so does compatibility h2o-3.46.
      """)
  package let fastMode = Parameter<Bool>(
    "fast_mode", default: true, group: .training,
    "Leaves weights alone whose input is exactly zero, and units whose error is exactly zero.",
    details: "A small approximation: such weights also skip their penalty and the decay of their averages.")
  package let seed = Parameter<Int>(
    "seed", default: -1, defaultNote: "-1 (random)", group: .training,
    otherNames: ["random_state", "random_seed"],
    "Start of all random numbers: first weights, row order, dropout.",
    details: "-1 draws a seed; the one that was drawn stands in plan.yaml.")
  package let adaptiveRate = Parameter<Bool>(
    "adaptive_rate", default: true, group: .learningRate,
    traits: [.fixedOnContinuation],
    "Gives every weight its own rate (ADADELTA).",
    details: "Source: Zeiler 2012, arXiv 1212.5701.")
  package let rho = Parameter<Double>(
    "rho", default: 0.99, .strictlyBetween(0, and: 1), group: .learningRate,
    activeWhen: .adaptiveRate,
    traits: [.fixedOnContinuation],
    otherNames: ["adadelta_rho"],
    "Share of the running averages that is kept at each update.",
    details: "Values near 1 remember longer; typical are 0.9 to 0.999. Source: Zeiler 2012 (ADADELTA).")
  package let epsilon = Parameter<Double>(
    "epsilon", default: 1e-8, .above(0, atMost: 1e30), group: .learningRate,
    activeWhen: .adaptiveRate,
    traits: [.fixedOnContinuation],
    otherNames: ["eps"],
    "Constant that starts the first steps and keeps the division safe.",
    details: "Typical are 1e-10 to 1e-4. Source: Zeiler 2012 (ADADELTA).")
  package let rate = Parameter<Double>(
    "rate", default: 0.005, .between(0, and: 1e30), group: .learningRate,
    activeWhen: .manualRate,
    traits: [.fixedOnContinuation],
    otherNames: ["learning_rate", "learning_rate_init", "lr", "eta"],
    "Learning rate of the first hidden layer at the start.")
  package let rateAnnealing = Parameter<Double>(
    "rate_annealing", default: 1e-6, .between(0, and: 1e6), group: .learningRate,
    activeWhen: .manualRate,
    traits: [.fixedOnContinuation],
    otherNames: ["lr_decay", "learning_rate_decay"],
    "Slows the rate down: rate / (1 + rate_annealing * rows trained).",
    details: "The reference page prints the formula without the division sign.")
  package let rateDecay = Parameter<Double>(
    "rate_decay", default: 1, .between(0, and: 1000), group: .learningRate,
    activeWhen: .manualRate,
    traits: [.fixedOnContinuation],
    "Factor of the rate from layer to layer: the n-th layer learns with rate * rate_decay^(n-1).")
  package let momentumStart = Parameter<Double>(
    "momentum_start", default: 0, .from(0, below: 1), group: .learningRate,
    activeWhen: .momentumStart,
    traits: [.fixedOnContinuation],
    "Momentum at the start; 0.5 is a good value.",
    details: "The step is multiplied by one minus the momentum, so that its long-run length stays the same.")
  package let momentumRamp = Parameter<Double>(
    "momentum_ramp", default: 1e6, .between(0, and: 1e15), group: .learningRate,
    activeWhen: .momentumRamp,
    traits: [.fixedOnContinuation],
    "Rows over which the momentum grows from momentum_start to momentum_stable; 0 begins with momentum_stable.")
  package let momentumStable = Parameter<Double>(
    "momentum_stable", default: 0, .from(0, below: 1), group: .learningRate,
    activeWhen: .momentumStable,
    traits: [.fixedOnContinuation],
    otherNames: ["momentum"],
    "Momentum after the ramp; 0.99 is a good value.")
  package let nesterovAcceleratedGradient = Parameter<Bool>(
    "nesterov_accelerated_gradient", default: true, group: .learningRate,
    activeWhen: .manualRate,
    traits: [.fixedOnContinuation],
    otherNames: ["nesterov", "nesterovs_momentum"],
    "Looks one momentum step ahead.",
    details: "Source: Sutskever et al. 2013, On the importance of initialization and momentum in deep learning.")
  package let reproducible = Parameter<Bool>(
    "reproducible", default: false, group: .execution,
    otherNames: ["deterministic"],
    "Makes the model a function of data, parameters and seed alone.",
    details: "Scores after every iteration and trains while no score is pending.")
  package let forceLoadBalance = Parameter<Bool>(
    "force_load_balance", default: true, group: .execution,
    activeWhen: .cluster,
    "Spreads small tables over all threads; always so here, one machine needs no other setting.")
  package let replicateTrainingData = Parameter<Bool>(
    "replicate_training_data", default: true, group: .execution,
    activeWhen: .cluster, isOnReferencePage: false,
    "Gives every node of a cluster all rows; one machine always has them.")
  package let singleNodeMode = Parameter<Bool>(
    "single_node_mode", default: false, group: .execution,
    activeWhen: .cluster,
    "Trains on one node of a cluster; always so here.")
  package let targetRatioCommToComp = Parameter<Double>(
    "target_ratio_comm_to_comp", default: 0.05, .between(0, and: 1000), group: .execution,
    activeWhen: .cluster,
    "Share of time that a cluster may spend on communication; one machine communicates with nobody.")
  package let elasticAveraging = Parameter<Bool>(
    "elastic_averaging", default: false, group: .execution,
    "Pulls the network towards the average of its iterations, which is what is scored and kept.",
    details: """
      With several machines each has a network of its own; on one machine the pull smooths the course of training. \
      Source: Zhang, Choromanska and LeCun 2015, arXiv 1412.6651.
      """)
  package let elasticAveragingMovingRate = Parameter<Double>(
    "elastic_averaging_moving_rate", default: 0.9, .above(0, atMost: 1),
    group: .execution,
    activeWhen: .elasticAveraging, isOnReferencePage: false,
    "Share of the new average in the consensus model.")
  package let elasticAveragingRegularization = Parameter<Double>(
    "elastic_averaging_regularization", default: 1e-3, .between(0, and: 1000), group: .execution,
    activeWhen: .elasticAveraging, isOnReferencePage: false,
    "Strength of the elastic force.")
}
