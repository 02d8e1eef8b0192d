internal import Documents

/// Keys that H2O does not have: how the job file is meant, how tables are read, how the job is queued.
package struct JobFileParameters: Sendable {
  package let kind = Parameter<JobKindChoice>(
    "kind", default: .train, group: .jobFile,
    traits: [.appliesToPredictions],
    "What the job does: train a model, or predict a table with a finished one.")
  package let compatibility = Parameter<CompatibilityChoice>(
    "compatibility", default: .documentation, group: .jobFile,
    traits: [.fixedOnContinuation],
    "Which H2O is followed where its reference page and its code differ.",
    details: """
      documentation does what the page says, in single precision with vector kernels. h2o-3.46 does what H2O 3.46.0.12 \
      does with reproducible, bit by bit, so that the same seed gives the same model; it is slower.
      """)
  package let columnTypes = Parameter<[String: ColumnTypeChoice]>(
    "column_types", default: [:],
    group: .jobFile,
    traits: [.appliesToPredictions],
    otherNames: ["dtype", "col_types", "colclasses"],
    "Overrides the guessed type of columns, as in {CAPSULE: enum}.",
    details: """
      real and int both read numbers, whole or not. time reads dates such as 2026-11-24, 2026-11-24 07:30:00 or \
      24-Nov-26 as milliseconds since 1970 (UTC). The levels of an enum column are classes and inputs in the order of \
      their bytes; if all are numbers, by size, but under compatibility: h2o-3.46 as words (10 before 9), as H2O's \
      import has them.
      """)
  package let skippedColumns = Parameter<[String]>(
    "skipped_columns", default: [], group: .jobFile,
    traits: [.appliesToPredictions], listSpelling: .names,
    "Columns that are not even read.",
    details: "Unlike ignored_columns, they cost neither time nor memory, and may hold anything.")
  package let maxBadFields = Parameter<Int>(
    "max_bad_fields", default: 0, .atLeast(0), group: .jobFile,
    traits: [.appliesToPredictions],
    "How many fields or lines of a file may be wrong before it is refused.",
    details: """
      Counted are fields that are not what column_types says, which then count as missing, and lines with too many \
      fields, whose rest is left out; up to this number a warning names the first of them and how many there are.
      """)
  package let header = Parameter<Bool?>(
    "header", default: nil, defaultNote: "guessed", group: .jobFile,
    traits: [.appliesToPredictions],
    "Whether the first line of a CSV file holds column names.",
    details: "Guessed: it does when none of its fields is a number and some field below it is, or no line repeats it.")
  package let columnNames = Parameter<[String]>(
    "column_names", default: [], defaultNote: "from the header, else C1, C2, ...", group: .jobFile,
    traits: [.appliesToPredictions],
    listSpelling: .names,
    otherNames: ["col_names", "names"],
    "Names of all columns, for files without a header.")
  package let separator = Parameter<String?>(
    "separator", default: nil, defaultNote: "guessed",
    .given(
      ValueRule("one character, tab or space") { (text: String) in
        ["tab", "space"].contains(text)
          || (text.utf8.count == 1 && text != "\"" && text != "\n" && text != "\r" && !text.contains(where: \.isNumber))
      }),
    group: .jobFile,
    traits: [.appliesToPredictions],
    otherNames: ["sep", "delimiter", "delim"],
    "The character between fields: any single one, tab or space.")
  package let naStrings = Parameter<[String]>(
    "na_strings", default: ["", "NA", "N/A", "NaN", "nan", "null", "?"], group: .jobFile,
    traits: [.appliesToPredictions],
    otherNames: ["na_values"],
    "Fields that count as missing.")
  package let renameLevels = Parameter<[String: [String: String]]>(
    "rename_levels", default: [:], group: .jobFile,
    traits: [.appliesToPredictions],
    "Reads levels of a column under another name, as in {income: {\"<=50K.\": \"<=50K\"}}.",
    details: "Applies to every table of the job: for files whose labels differ in spelling from one table to the next.")
  package let trainingShards = Parameter<Int>(
    "training_shards", default: 1, .between(1, and: 64), group: .jobFile,
    activeWhen: .trainingShards,
    "Copies of the network that are trained side by side and averaged every 500 rows.",
    details: """
      Copies are trained by as many threads as the job has; the model depends on the number of copies, never on that of \
      threads. Two copies on two cores take little more than half the time and learn a little less per epoch, more \
      copies more so (docs/decisions/0006). Sparse autoencoders and elastic averaging have one copy.
      """)
  package let unlockedTraining = Parameter<Bool>(
    "unlocked_training", default: false, group: .jobFile,
    activeWhen: .unlockedTraining,
    "Threads train on different rows and write the same weights without locks, as H2O does without reproducible.",
    details: """
      Every run gives another model. Otherwise threads share the neurons of each layer, which gives the same bytes for \
      every number of threads and is usually as fast (docs/decisions/0007); unlocked threads help small networks.
      """)
  package let checkpointInterval = Parameter<Double>(
    "checkpoint_interval", default: 30, .atLeast(0), group: .jobFile,
    "Seconds after which a checkpoint is written although nothing has been scored; 0 for none between scorings.",
    details: """
      Each scoring leaves a checkpoint too, at most one every two seconds. After a crash training goes on from the last one, \
      and with reproducible ends with the same model wherever that was.
      """)
  package let inputChanges = Parameter<InputChangesChoice>(
    "input_changes", default: .refuse, group: .jobFile,
    "What happens if a data file is not what it was when the job was accepted: refuse, allow.",
    details: """
      The daemon writes down size, time and hash of every data file when it accepts a job, and compares when the job starts \
      and each time it goes on. With refuse the job fails and names the file; `deepspool retry` takes the files as they \
      are then. With allow a job that was interrupted begins again if its data have changed.
      """)
  package let unstableRetries = Parameter<Int?>(
    "unstable_retries", default: nil, defaultNote: "2; 0 with compatibility: h2o-3.46", .given(.between(0, and: 20)),
    group: .jobFile,
    "How often training that becomes unstable goes back to its last checkpoint with gentler settings.",
    details: """
      Unstable are weights or biases that grow beyond use, as H2O defines it. Each time the rate is halved, or with \
      adaptive_rate max_w2 is set to 10 and then halved; journal, report and plan.yaml say so. A job that always gives the \
      same model (reproducible), and one that becomes unstable again from the same checkpoint, begins again with its \
      first weights. After the last time the job fails, with layer, epoch and advice.
      """)
  package let labelThreshold = Parameter<LabelThresholdChoice>(
    "label_threshold", default: .criterion(.f1),
    ValueRule("\(LabelThresholdChoice.rangeText), or a criterion") {
      $0.probability.map(LabelThresholdChoice.isThreshold) ?? true
    },
    group: .scoring,
    activeWhen: .twoClasses,
    traits: [.judgesModels, .appliesToPredictions], isOnReferencePage: false,
    otherNames: ["threshold", "cutoff"],
    "From which probability on a row gets the label of the second class: a number, or the criterion that it makes largest.",
    details: """
      A criterion is maximised on the validation rows, else on the held-out rows of cross-validation, else on the training \
      rows in their true proportions. The same threshold is in metrics.json (label_threshold, with its source), the report, \
      predictions and exports, and all tables are labelled by it; under h2o-3.46 each table has its own, and the model that of \
      the validation or training table. youden is the true minus the false positive rate. deepspool predict and export take \
      another one with --threshold.
      """)
  package let exports = Parameter<[ExportChoice]>(
    "exports", default: [], group: .jobFile, listSpelling: .numbers,
    "Formats that the finished model is exported to: mojo (H2O's), onnx.",
    details: """
      model.mojo.zip is loaded and scored by H2O's own reader (h2o.import_mojo), model.onnx by any ONNX runtime; both take \
      raw rows. Each is scored on up to 1,000 training rows and compared with the model before the job counts as \
      finished; the largest difference stands in metrics.json and report.html. What a format cannot say (a MOJO has no \
      offsets and no missing_indicators; neither has hashed autoencoders) is refused with a warning, and the model is kept.
      """)
  package let priority = Parameter<Int>(
    "job.priority", default: 0, .between(-1000, and: 1000), group: .scheduling,
    "Jobs with a higher number run first; equal ones in the order of arrival.")
  package let group = Parameter<String>(
    "job.group", default: "", defaultNote: "none", group: .scheduling,
    "The group of jobs that this one belongs to; each has its own limit of jobs that run at once.",
    details: """
      Groups and limits are the daemon's (groups in its configuration); a group that it does not know is an error. While \
      a group is at its limit, jobs of other groups pass by.
      """)
  package let after = Parameter<[String]>(
    "job.after", default: [], group: .scheduling, listSpelling: .names,
    "Jobs that must have finished before this one starts, by identifier, name or number.",
    details: """
      A name means the latest job that bears it; one that nobody bears yet is waited for. If such a job fails, is \
      cancelled or rejected, this job is cancelled too, with that reason; `deepspool retry` brings it back.
      """)
  package let afterAny = Parameter<[String]>(
    "job.after_any", default: [], group: .scheduling, listSpelling: .names,
    "Like after, but the jobs may also have failed or have been cancelled.")
  package let notBefore = Parameter<JobTime?>(
    "job.not_before", default: nil, defaultNote: "at once", group: .scheduling,
    "The job waits until then.",
    details: "The daemon's clock counts: if it is set back the job waits longer.")
}
