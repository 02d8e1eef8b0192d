/// What other tools set in a job, and deepspool elsewhere or not at all.
///
/// No key of a job file corresponds to these names, so an answer takes the place of a suggestion.
package enum ForeignKey {
  private static let names: [(names: [String], answer: String)] = [
    (
      [
        "n_jobs", "nthreads", "nthread", "num_threads", "n_threads", "threads", "num_workers", "cpus", "cores", "ncpus",
      ],
      "the number of threads is not part of a job; the option --threads of `deepspool run` and the daemon's "
        + "threads_per_job set it"
    ),
    (
      ["mem", "memory", "ram", "max_mem_size", "max_memory", "max_memory_bytes"],
      "memory is not part of a job; the option --max-memory-bytes of `deepspool run` and the daemon's "
        + "max_memory_bytes limit it"
    ),
    (["device", "gpu", "gpus", "cuda", "accelerator", "backend"], "deepspool trains on processors only; remove it"),
    (
      ["x", "features", "feature_columns", "predictors", "inputs", "input_columns"],
      "all columns are predictors; the opposite of this key: ignored_columns lists the columns to leave out"
    ),
    (
      ["name", "job_name", "title", "id"],
      "the name of a job is the name of its file; model_id names the model in reports"
    ),
    (
      ["output", "out", "output_dir", "output_file", "save", "save_path"],
      "the place of the result is not part of a job; the option --output of `deepspool run` sets it, and the daemon "
        + "writes to results/ in its spool"
    ),
    (
      ["mail", "email", "mail_user", "mail_type", "notify", "hook", "callback"],
      "notices are not part of a job; the administrator configures mail and hooks"
    ),
  ]

  private static let answers = Dictionary(
    uniqueKeysWithValues: names.flatMap { entry in entry.names.map { ($0, entry.answer) } })

  /// Returns the answer to `name`, in any case of letters; nil for a name that may be a misspelt key.
  package static func answer(to name: String) -> String? { answers[name.lowercased()] }
}
