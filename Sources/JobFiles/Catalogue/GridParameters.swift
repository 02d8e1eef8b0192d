/// The search of a grid; `grid.hyper_params` holds the values to try.
package struct GridParameters: Sendable {
  package let gridStrategy = Parameter<GridStrategyChoice>(
    "grid.search_criteria.strategy", default: .cartesian, group: .grid,
    "Cartesian tries all combinations, the first parameter varying fastest; RandomDiscrete samples them.")
  package let gridMaxModels = Parameter<Int>(
    "grid.search_criteria.max_models", default: 0, .between(0, and: 10_000), group: .grid,
    "Ends the search after this many models, failed ones included; 0 disables the limit.")
  package let gridMaxRuntimeSecs = Parameter<Double>(
    "grid.search_criteria.max_runtime_secs", default: 0, .atLeast(0), group: .grid,
    "Ends the search after this many seconds, including the model in training; 0 disables the limit.",
    details: "The count restarts when a suspended job continues.")
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
  package let gridParallelism = Parameter<Int>(
    "grid.parallelism", default: 1, .between(0, and: 1024), group: .grid,
    "Number of models trained at the same time; 0 means the job's number of threads.",
    details: "The number of threads is the maximum. No model depends on this value.")
}
