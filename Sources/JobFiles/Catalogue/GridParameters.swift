/// How a grid is searched; the values themselves stand under `grid.hyper_params`.
package struct GridParameters: Sendable {
  package let gridStrategy = Parameter<GridStrategyChoice>(
    "grid.search_criteria.strategy", default: .cartesian, group: .grid,
    "Cartesian tries all combinations, the first parameter varying fastest; RandomDiscrete draws them.")
  package let gridMaxModels = Parameter<Int>(
    "grid.search_criteria.max_models", default: 0, .between(0, and: 10_000), group: .grid,
    "Ends the search after so many models, failed ones included; 0 is off.")
  package let gridMaxRuntimeSecs = Parameter<Double>(
    "grid.search_criteria.max_runtime_secs", default: 0, .atLeast(0), group: .grid,
    "Ends the search after so many seconds; the model in training stops too. 0 is off.",
    details: "Counted anew when a suspended job goes on.")
  package let gridSeed = Parameter<Int>(
    "grid.search_criteria.seed", default: -1, defaultNote: "-1 (random)", group: .grid,
    "Start of the drawing of combinations.",
    details: "If the job gives no seed, the n-th model (from 0) is trained with this seed plus n.")
  package let gridStoppingRounds = Parameter<Int>(
    "grid.search_criteria.stopping_rounds", default: 0, .between(0, and: 1_000_000), group: .grid,
    "Ends the search when the best models no longer improve, averaged over so many; 0 is off.")
  package let gridStoppingMetric = Parameter<StoppingMetricChoice>(
    "grid.search_criteria.stopping_metric", default: .auto, group: .grid,
    "The metric that the end of the search watches, and that sorts the leaderboard.",
    details:
      "Taken from cross-validation if there is any, else from the validation table, else from the training table.")
  package let gridStoppingTolerance = Parameter<Double>(
    "grid.search_criteria.stopping_tolerance", default: 1e-3, .from(0, below: 1), group: .grid,
    "Relative improvement below which the search counts as standing still.")
  package let gridParallelism = Parameter<Int>(
    "grid.parallelism", default: 1, .between(0, and: 1024), group: .grid,
    "Models trained at the same time; 0 takes as many as the job has threads, which is the limit in any case.",
    details: "No model depends on it.")
}
