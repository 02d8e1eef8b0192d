internal import Documents

/// Keys that H2O does not have: kind and mode of the job, execution, exports, scheduling.
package struct JobFileParameters: Sendable {
  package let kind = Parameter<JobKindChoice>(
    "kind", default: .train, group: .jobFile,
    traits: [.appliesToPredictions],
    otherNames: ["task", "job_type"],
    "Kind of job: train a model, or predict a table with a finished model.")
  package let compatibility = Parameter<CompatibilityChoice>(
    "compatibility", default: .documentation, group: .jobFile,
    traits: [.fixedOnContinuation],
    "Behaviour to follow where H2O's reference page and H2O's code differ.",
    details: """
      documentation does what the page says, in single precision with vector kernels. h2o-3.46 does what
      H2O 3.46.0.12 does with reproducible, bit by bit: the same seed gives the same model. It is
      slower.
      """)
  package let trainingShards = Parameter<Int>(
    "training_shards", default: 1, defaultNote: "1; with several ranks one per rank", .between(1, and: 1000),
    group: .jobFile,
    activeWhen: .trainingShards,
    "Number of copies of the network that are trained in parallel and averaged regularly.",
    details: """
      By default they are averaged every 500 rows per copy, or the next whole number of mini-batches;
      train_samples_per_iteration sets another number. The mean has weights and optimizer state, Adam's moments
      too. With elastic_averaging the copies keep their own, and their mean moves the consensus. The model
      depends on the number of copies, not on the number of threads. Two copies on two cores take little more
      than half the time and learn slightly less per epoch; with more copies, both effects grow
      (docs/decisions/0006, 0042). Sparse autoencoders have one copy.
      With nodes and with deepspool run --ranks the copies are shared among processes; the default is then one per
      process, except in jobs whose processes train whole models.
      """)
  package let nodes = Parameter<Int>(
    "nodes", default: 1, .between(1, and: 1000), group: .jobFile,
    "Number of machines that train the job together through MPI.",
    details: """
      A launcher (mpirun or srun; mpi_launcher of the daemon, --launcher of deepspool run) starts
      ranks_per_node processes on each. With cross-validation, and in a grid whose parallelism is not 1, each
      process trains whole models, with any settings. Otherwise they train the copies of training_shards, by
      default one each, and what needs a single process is an error: compatibility: h2o-3.46, sparsity_beta
      and unlocked_training.
      """)
  package let minNodes = Parameter<Int?>(
    "min_nodes", default: nil, defaultNote: "nodes", .given(.between(1, and: 1000)), group: .jobFile,
    "Smallest number of machines with which a job continues after it has lost some.",
    details: """
      Each time processes of a running job are lost, the daemon continues it from its checkpoint with one
      node less, until min_nodes is reached. The model stays the same: the copies of training_shards are
      shared among fewer processes.
      """)
  package let ranksPerNode = Parameter<Int>(
    "ranks_per_node", default: 1, .between(1, and: 64), group: .jobFile,
    "Number of processes on each of the nodes; each has the threads of a job.")
  package let unlockedTraining = Parameter<Bool>(
    "unlocked_training", default: false, group: .jobFile,
    activeWhen: .unlockedTraining,
    "Lets threads train on different rows and write the same weights without locks.",
    details: """
      H2O trains this way without reproducible. Every run gives a different model, so it cannot be
      combined with reproducible. By default, threads share the neurons of each layer, which gives the
      same bytes for any number of threads and is usually as fast (docs/decisions/0007). Unlocked
      threads help small networks.
      """)
  package let checkpointInterval = Parameter<Double>(
    "checkpoint_interval", default: 30, .atLeast(0), group: .jobFile,
    "Seconds after which a checkpoint is written if nothing was scored; 0 disables it.",
    details: """
      Each scoring also writes a checkpoint, at most one every two seconds. After a crash, training
      continues from the last checkpoint. With reproducible, the final model is the same wherever that
      was.
      """)
  package let inputChanges = Parameter<InputChangesChoice>(
    "input_changes", default: .refuse, group: .jobFile,
    "Action if a data file changes after the job was accepted.",
    details: """
      The daemon records size, modification time and hash of every data file when it accepts a job. It
      compares them when the job starts and each time it continues. With refuse, the job fails and names
      the file; `deepspool retry` then accepts the current files. With allow, an interrupted job starts
      again from the beginning if its data have changed.
      """)
  package let unstableRetries = Parameter<Int?>(
    "unstable_retries", default: nil, defaultNote: "2; with h2o-3.46 0", .given(.between(0, and: 20)),
    group: .jobFile,
    "Number of times that unstable training returns to its last checkpoint with gentler settings.",
    details: """
      Training is unstable if weights or biases exceed the limits that H2O defines. Each retry halves
      the learning rate or, with adaptive_rate, sets max_w2 to 10 and then halves it. Journal, report
      and plan.yaml record the retries. With reproducible, or if training becomes unstable again from
      the same checkpoint, training starts again from the initial weights. After the last retry the job
      fails, and the message names layer, epoch and remedy.
      """)
  package let labelThreshold = Parameter<LabelThresholdChoice>(
    "label_threshold", default: .criterion(.f1),
    ValueRule("\(LabelThresholdChoice.rangeText), a criterion, or costs") {
      $0.probability.map(LabelThresholdChoice.isThreshold) ?? true
    },
    group: .scoring,
    activeWhen: .twoClasses,
    traits: [.judgesModels, .appliesToPredictions], isOnReferencePage: false,
    otherNames: ["threshold", "cutoff"],
    "Decision threshold for the second class: a probability, a criterion to maximise, or costs to minimise.",
    details: """
      A row gets the label of the second class from this probability on. A criterion is maximised on the
      validation rows, otherwise on the held-out rows of cross-validation, otherwise on the training rows
      in their true class proportions. youden is the true positive rate minus the false positive rate.
      With costs, {false_positive: 1, false_negative: 5}, the threshold has the smallest total cost of
      rows that wrongly get the label of the second class and of the first; metrics.json and the report
      state the mean cost per row. metrics.json (label_threshold, with its source), report, predictions
      and exports use the same threshold for all tables. With h2o-3.46 each table has its own threshold,
      and the model has that of the validation or training table. `deepspool predict` and `deepspool
      export` override it with --threshold.
      """)
  package let exports = Parameter<[ExportChoice]>(
    "exports", default: [], group: .jobFile, listSpelling: .numbers,
    "Formats to export the finished model to: mojo (H2O's), onnx.",
    details: """
      H2O's own reader loads and scores model.mojo.zip (h2o.import_mojo); any ONNX runtime loads
      model.onnx. Both take raw rows. Before the job counts as finished, each export is scored on up to
      1,000 training rows and compared with the model; metrics.json and report.html record the largest
      difference. If a format cannot represent the model, the export is skipped with a warning and the
      model is kept. A MOJO supports neither offsets nor missing_indicators. Neither format supports
      hashed autoencoders.
      """)
  package let priority = Parameter<Int>(
    "job.priority", default: 0, .between(JobFile.priorities.lowerBound, and: JobFile.priorities.upperBound),
    group: .scheduling,
    otherNames: ["prio", "nice", "importance"],
    "Priority of the job among those of its submitter: higher numbers run first.",
    details: """
      Jobs of equal priority run in order of arrival. Between submitters the priority has no effect:
      they take turns, with equal shares of running time.
      """)
  package let maxJobRuntimeSecs = Parameter<Double>(
    "job.max_runtime_secs", default: 0, .atLeast(0), group: .scheduling,
    otherNames: ["time", "walltime", "wall_time", "max_job_runtime_secs"],
    "Maximum running time of the whole job in seconds; 0 for no limit.",
    details: """
      The daemon counts the time from the start of the job, or from its continuation after an
      interruption: reading, all models, scoring and writing. max_runtime_secs limits the training of a
      single model instead. At the limit the job finishes with the best model so far, like after
      `deepspool finish`. It fails if it has no model yet, or if it needs more than a tenth of the limit
      (at least a minute) to write its result. The daemon's configuration can set a limit for all jobs
      (max_job_runtime_secs); the smaller one counts.
      """)
  package let group = Parameter<String>(
    "job.group", default: "", defaultNote: "none", group: .scheduling,
    otherNames: ["queue", "partition", "pool"],
    "Group of the job; each group has its own limit of concurrent jobs.",
    details: """
      The daemon's configuration defines the groups and their limits (groups). A group that is not
      defined there is an error. While a group is at its limit, jobs of other groups may start first.
      """)
  package let after = Parameter<[String]>(
    "job.after", default: [], group: .scheduling, listSpelling: .names,
    otherNames: ["depends_on", "dependency", "dependencies", "afterok", "requires"],
    "Jobs that must finish before this one starts, by id, name or number.",
    details: """
      A name refers to the latest job with that name. If no job has the name yet, this job waits for
      one. If one of the jobs fails, is cancelled or is rejected, this job is cancelled too, with that
      reason; `deepspool retry` queues it again.
      """)
  package let afterAny = Parameter<[String]>(
    "job.after_any", default: [], group: .scheduling, listSpelling: .names,
    otherNames: ["afterany"],
    "Like job.after, but the jobs may also have failed or been cancelled.")
  package let notBefore = Parameter<JobTime?>(
    "job.not_before", default: nil, defaultNote: "immediately", group: .scheduling,
    otherNames: ["begin", "start_time", "start_at", "run_at"],
    "Earliest start time of the job.",
    details: "The daemon's clock decides. If it is set back, the job waits longer.")
}
