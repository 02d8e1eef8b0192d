/// The search of a grid; `grid.hyper_params` holds the values to try.
package struct GridParameters: Sendable {
  package let gridStrategy = Parameter<GridStrategyChoice>(
    "grid.search_criteria.strategy", default: .cartesian, group: .grid,
    "Cartesian tries all combinations, RandomDiscrete a sample, SuccessiveHalving stops the worse ones early.",
    details: """
      Cartesian varies the first parameter fastest. A parameter has a list of values, or a range from
      which RandomDiscrete and SuccessiveHalving draw numbers, rounded to four digits: {from: 0.001, to:
      0.1, log: true} draws uniform logarithms, int: true whole numbers. A search over a range needs
      max_models or max_runtime_secs.

      SuccessiveHalving trains many combinations for a fraction of epochs, and continues the best third of
      them to the next rung, the best third of those to the one after, and so on. A continued model is not
      trained again: it goes on from its checkpoint, with the learning rate and the row order of the whole
      training, and ends as if it had never paused. With reproducible: true it is the same model, byte by
      byte. Models are compared by stopping_metric, with the network that each would deliver. Promotions
      depend on the models alone, never on the time they take, so that a search with max_models gives the
      same leaderboard on any machine and after any interruption; with max_runtime_secs the time decides
      how far the search gets. It completes the best model so far while there is time for that, and in the
      last 30 % of it begins no more models, but continues the best of those that it has. The result is the
      best model of those that are complete, or else of the highest rung. Models that a rung stops
      have no folder in the result, unless it is needed: for the best model, and for the first models of
      the leaderboard if they may become part of grid.ensemble. Supports neither cross-validation nor
      compatibility: h2o-3.46. H2O does not have it. Source: Li et al. 2018, arXiv 1810.05934.
      """)
  package let gridMaxModels = Parameter<Int>(
    "grid.search_criteria.max_models", default: 0, .between(0, and: 10_000), group: .grid,
    "Ends the search after this many models, failed ones included; 0 disables the limit.")
  package let gridMaxRuntimeSecs = Parameter<Double>(
    "grid.search_criteria.max_runtime_secs", default: 0, .atLeast(0), group: .grid,
    "Ends the search after this many seconds, including the model in training; 0 disables the limit.",
    details: "The count restarts when a suspended job continues.")
  package let gridReductionFactor = Parameter<Int>(
    "grid.search_criteria.reduction_factor", default: 3, .between(2, and: 100), group: .grid,
    activeWhen: "strategy is SuccessiveHalving",
    otherNames: ["halving_factor"],
    "Models of a rung of which one continues to the next rung.")
  package let gridRungs = Parameter<Int>(
    "grid.search_criteria.rungs", default: 0, defaultNote: "0 (automatic)", .between(0, and: 20), group: .grid,
    activeWhen: "strategy is SuccessiveHalving",
    "Points of the training at which models stop or continue, the last of them its end.",
    details: """
      With rate_schedule: CosLog4, rungs are the last of the ends of its four cycles, at 1/15, 3/15, 7/15
      and 15/15 of epochs, where the learning rate is 0. Otherwise each rung is reduction_factor times as
      far as the one before. 0 chooses three with CosLog4, or two if the lowest would be below one epoch;
      otherwise two, because early results mislead while the learning rate is high. More rungs save more
      time where one training takes most of it; fewer let more models reach the end, where the comparison
      is best. With 1 no model is stopped.
      """)
  package let gridSeed = Parameter<Int>(
    "grid.search_criteria.seed", default: -1, defaultNote: "-1 (random)", group: .grid,
    "Seed for sampling the combinations.",
    details: "If the job sets no seed, model n (counted from 0) is trained with this seed plus n.")
  package let gridStoppingRounds = Parameter<Int>(
    "grid.search_criteria.stopping_rounds", default: 0, .between(0, and: 1_000_000), group: .grid,
    "Ends the search if the mean of this many best models no longer improves; 0 disables the rule.")
  package let gridStoppingMetric = Parameter<StoppingMetricChoice>(
    "grid.search_criteria.stopping_metric", default: .auto, group: .grid,
    "Metric that ends the search and sorts the leaderboard.",
    details: """
      The value comes from cross-validation if there is any, otherwise from the validation table,
      otherwise from the training table.
      """)
  package let gridStoppingTolerance = Parameter<Double>(
    "grid.search_criteria.stopping_tolerance", default: 1e-3, .from(0, below: 1), group: .grid,
    "Relative improvement below which the search counts as stalled.")
  package let gridEnsemble = Parameter<Int>(
    "grid.ensemble", default: 0, .between(0, and: 100), group: .grid,
    "Maximum number of models whose mean becomes the result if it is better than the best model; 0 and 1 disable it.",
    details: """
      After the search, models of the leaderboard are chosen, with replacement, so that the mean of their
      predictions has the best stopping_metric on the validation rows. If it beats the best model there,
      the mean is the model in the result folder: one native file with all networks, which predict and
      the ONNX export support; a MOJO has one network only. All models must prepare their inputs alike.
      Needs validation_frame or validation_fraction, and a response. Source: Caruana et al. 2004, Ensemble
      Selection from Libraries of Models.
      """)
  package let gridParallelism = Parameter<ParallelismChoice>(
    "grid.parallelism", default: .models(1), .ofModels, group: .grid,
    "Number of models trained at the same time; auto, or 0, means the job's number of threads.",
    details: """
      The number of threads is the maximum; on several ranks, that of all ranks, to which auto adapts when ranks
      are lost or added. Each rank then trains whole
      models, as one process would. With 1 the ranks train copies of one model after the other. No model depends
      on this value, except on several ranks without training_shards: 1 then means one copy per rank.
      """)
}
