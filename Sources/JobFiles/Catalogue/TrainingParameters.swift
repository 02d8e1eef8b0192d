/// Length and order of training, and the update rule.
package struct TrainingParameters: Sendable {
  package let epochs = Parameter<Double>(
    "epochs", default: 10, .between(0, and: 1e9), group: .training,
    otherNames: ["max_iter", "maxit", "num_epochs", "n_epochs", "nb_epoch"],
    "Number of passes over the usable rows of the training table; may be a fraction.",
    details: """
      Usable rows have a response and a weight above 0 and, with missing_values_handling: Skip, no
      missing predictor. Training ends exactly at this number; with h2o-3.46 it ends with the first
      whole iteration that reaches it. 0 trains nothing and scores the random network once. Early
      stopping can end training sooner (stopping_rounds).
      """)
  package let trainSamplesPerIteration = Parameter<Int>(
    "train_samples_per_iteration", default: -2, .atLeast(-2), group: .training,
    "Number of rows trained between checks of the clock, the score and the stopping rules.",
    details: """
      0 and -1 are one epoch. -2 is automatic: a hundredth of all training, at most 100,000 rows; with
      reproducible one epoch; with elastic_averaging and with h2o-3.46 a tenth of all training.
      Iterations end with a mini-batch. The value changes no bit of the network, except with
      elastic_averaging, with h2o-3.46 and with training_shards: the copies are averaged after each
      iteration, for -2 every 500 rows per copy (whole mini-batches), or as target_ratio_comm_to_comp says on
      several ranks.
      For -2, H2O also measures the machine at the start; deepspool does not.
      """)
  package let shuffleTrainingData = Parameter<Bool>(
    "shuffle_training_data", default: false, defaultNote: "true; with h2o-3.46 false", group: .training,
    otherNames: ["shuffle"],
    "Visits the rows of each epoch in a new random order.",
    details: """
      false visits the rows in the order of the file, which ruins models of sorted tables. With h2o-3.46
      shuffling is turned on if an iteration is exactly one pass over the table.
      """)
  package let miniBatchSize = Parameter<Int>(
    "mini_batch_size", default: 1, .between(1, and: 65_536), group: .training, isOnReferencePage: false,
    otherNames: ["batch_size", "minibatch_size"],
    "Number of rows whose gradients are averaged before the weights change.",
    details: """
      Larger batches train faster, but need a larger learning rate or more epochs. An epoch may end with
      a smaller batch. H2O supports only 1, and so does compatibility: h2o-3.46.
      """)
  package let fastMode = Parameter<Bool>(
    "fast_mode", default: true, group: .training,
    "Skips weights whose input is exactly zero, and units whose error is exactly zero.",
    details: "A small approximation: skipped weights also skip their penalty and the decay of their running averages.")
  package let seed = Parameter<Int>(
    "seed", default: -1, defaultNote: "-1 (random)", group: .training,
    otherNames: ["random_state", "random_seed"],
    "Seed of all random numbers: initial weights, row order, dropout.",
    details: "-1 draws a seed, and plan.yaml records it.")
  package let adaptiveRate = Parameter<Bool>(
    "adaptive_rate", default: true, group: .learningRate,
    activeWhen: .adaptiveRate,
    traits: [.fixedOnContinuation],
    "Gives every weight its own learning rate (ADADELTA).",
    details: """
      rho and epsilon tune it. If it is off, rate and the momentum keys apply. optimizer replaces it.
      Source: Zeiler 2012, arXiv 1212.5701.
      """)
  package let rho = Parameter<Double>(
    "rho", default: 0.99, .strictlyBetween(0, and: 1), group: .learningRate,
    activeWhen: .adadelta,
    traits: [.fixedOnContinuation],
    otherNames: ["adadelta_rho"],
    "ADADELTA decay: share of the running averages that is kept at each update.",
    details: "Values near 1 remember longer; 0.9 to 0.999 are typical. Source: Zeiler 2012 (ADADELTA).")
  package let epsilon = Parameter<Double>(
    "epsilon", default: 1e-8, .above(0, atMost: 1e30), group: .learningRate,
    activeWhen: .adadeltaOrAdam,
    traits: [.fixedOnContinuation],
    otherNames: ["eps", "adam_epsilon"],
    "Constant of ADADELTA and Adam that avoids division by zero; it starts the first steps of ADADELTA.",
    details: "1e-10 to 1e-4 are typical for ADADELTA, 1e-8 for Adam. Source: Zeiler 2012 (ADADELTA).")
  package let rate = Parameter<Double>(
    "rate", default: 0.005, .between(0, and: 1e30), group: .learningRate,
    activeWhen: .manualRate,
    traits: [.fixedOnContinuation],
    otherNames: ["learning_rate", "learning_rate_init", "lr", "eta"],
    "Initial learning rate of the first hidden layer.",
    details: "Higher values make the model less stable; lower values converge more slowly.")
  package let rateAnnealing = Parameter<Double>(
    "rate_annealing", default: 1e-6, .between(0, and: 1e6), group: .learningRate,
    activeWhen: .rateAnnealing,
    traits: [.fixedOnContinuation],
    otherNames: ["lr_decay", "learning_rate_decay"],
    "Learning rate decay over the rows: rate / (1 + rate_annealing * rows trained).",
    details: "The reference page prints the formula without the division sign.")
  package let rateDecay = Parameter<Double>(
    "rate_decay", default: 1, .between(0, and: 1000), group: .learningRate,
    activeWhen: .manualRate,
    traits: [.fixedOnContinuation],
    "Learning rate factor between layers: layer n learns with rate * rate_decay^(n-1).",
    details: "Values below 1 slow down later layers.")
  package let momentumStart = Parameter<Double>(
    "momentum_start", default: 0, .from(0, below: 1), group: .learningRate,
    activeWhen: .momentumStart,
    traits: [.fixedOnContinuation],
    "Momentum at the start of training; 0.5 is a good value.",
    details: "Steps are multiplied by one minus the momentum, so that their long-run length stays the same.")
  package let momentumRamp = Parameter<Double>(
    "momentum_ramp", default: 1e6, .between(0, and: 1e15), group: .learningRate,
    activeWhen: .momentumRamp,
    traits: [.fixedOnContinuation],
    "Rows over which momentum grows from momentum_start to momentum_stable; 0 skips the ramp.")
  package let momentumStable = Parameter<Double>(
    "momentum_stable", default: 0, .from(0, below: 1), group: .learningRate,
    activeWhen: .momentumStable,
    traits: [.fixedOnContinuation],
    otherNames: ["momentum"],
    "Momentum after the ramp; 0.99 is a good value.")
  package let nesterovAcceleratedGradient = Parameter<Bool>(
    "nesterov_accelerated_gradient", default: true, group: .learningRate,
    activeWhen: .momentum(),
    traits: [.fixedOnContinuation],
    otherNames: ["nesterov", "nesterovs_momentum"],
    "Uses Nesterov's accelerated gradient, which looks one momentum step ahead.",
    details: "Source: Sutskever et al. 2013, On the importance of initialization and momentum in deep learning.")
  package let reproducible = Parameter<Bool>(
    "reproducible", default: false, group: .execution,
    otherNames: ["deterministic"],
    "Makes the model depend only on data, parameters and seed.",
    details: """
      It gives the same bytes for any number of threads on one kind of processor. It scores after every
      iteration and does not train while a score is pending.
      """)
  package let forceLoadBalance = Parameter<Bool>(
    "force_load_balance", default: true, group: .execution,
    activeWhen: .cluster,
    "Spreads small tables over all threads and ranks; accepted, but they always share all rows.")
  package let replicateTrainingData = Parameter<Bool>(
    "replicate_training_data", default: true, group: .execution,
    activeWhen: .copies, isOnReferencePage: false,
    "Lets every copy of the network (training_shards) train on all rows.",
    details: """
      true: in each epoch a copy trains on other rows, and each rank has all rows in memory. false: every row
      belongs to one copy for the whole training, dealt at random, and a rank has the rows of its copies only;
      rank 0 keeps the tables in a file. The model does not depend on the number of ranks, but on this key. It
      cannot be false if ranks train whole models, for cross-validation or a grid.
      """)
  package let singleNodeMode = Parameter<Bool>(
    "single_node_mode", default: false, group: .execution,
    activeWhen: .severalRanks,
    "Trains in one process, although nodes, --ranks or a launcher's tasks give the job several.",
    details: """
      The job is run as without nodes and --ranks: on the machine where it was started, with the same
      model. Of the tasks of a launcher, task 0 trains and the others wait for its end.
      """)
  package let targetRatioCommToComp = Parameter<Double>(
    "target_ratio_comm_to_comp", default: 0.05, .between(0, and: 1000), group: .execution,
    activeWhen: .severalCopies,
    "Time for communication that several ranks accept, in multiples of the time for computation.",
    details: """
      The ranks measure both and adapt the rows between two averages of their copies, between one row
      for each copy and one epoch. A smaller value means fewer averages. It acts with
      train_samples_per_iteration: -2, and not with reproducible.
      """)
  package let elasticAveraging = Parameter<Bool>(
    "elastic_averaging", default: false, group: .execution,
    "Pulls the network towards the average of its iterations, which is scored and kept.",
    details: """
      On one machine the pull smooths the course of training; in a cluster each machine has its own
      network. Cannot be combined with sparse. Source: Zhang, Choromanska and LeCun 2015, arXiv
      1412.6651.
      """)
  package let elasticAveragingMovingRate = Parameter<Double>(
    "elastic_averaging_moving_rate", default: 0.9, .above(0, atMost: 1),
    group: .execution,
    activeWhen: .elasticAveraging, isOnReferencePage: false,
    "Share of the newest network in the average.")
  package let elasticAveragingRegularization = Parameter<Double>(
    "elastic_averaging_regularization", default: 1e-3, .between(0, and: 1000), group: .execution,
    activeWhen: .elasticAveraging, isOnReferencePage: false,
    "Strength of the pull towards the average.",
    details: "0 averages without a pull.")
}
