package import JobFiles
internal import Metrics
package import Models
package import Training

/// The content of a model's report, during or after training.
package struct ReportContent: Sendable {
  package enum Progress: Sendable {
    case running
    case finished(ending: String)
  }

  /// The origin of the model, for reproduction.
  package struct Provenance: Sendable, Equatable {
    /// One text per table, with its name, size and content identifier.
    package let tables: [String]
    package let threads: Int
    /// The name of the machine.
    package let host: String
    /// The operating system and the processor.
    package let system: String
    /// The sentence about the division of the training table; nil without one.
    package let heldOut: String?
    /// How to train the model again.
    package let repetition: Repetition

    package init(
      tables: [String], threads: Int, host: String, system: String, heldOut: String? = nil, repetition: Repetition
    ) {
      self.repetition = repetition
      self.host = host
      self.system = system
      self.heldOut = heldOut
      self.tables = tables
      self.threads = threads
    }
  }

  package let title: String
  package let job: JobFile
  package let plan: TrainingPlan
  package let model: Model
  package let event: ScoringEvent
  package let progress: Progress
  package var crossValidation: ResultFolder.CrossValidation?
  /// The metrics of the trivial model on the same tables.
  package var baseline: Baseline?
  /// The decision threshold of two classes; nil while each table has its own.
  package var labelThreshold: LabelThreshold?
  package var exports: [ResultFolder.Export] = []
  /// The errors on rows of each table, of a regression or an autoencoder.
  package var samples: [SampledRows] = []
  /// Nil if they are left out.
  package var explanations: ExplainedTable?
  package var provenance: Provenance
  package var warnings: [String] = []
  /// The tables as they were read; nil for the models of folds.
  package var data: DescribedTables?

  package init(
    title: String, job: JobFile, plan: TrainingPlan, model: Model, event: ScoringEvent, progress: Progress,
    provenance: Provenance
  ) {
    self.title = title
    self.job = job
    self.plan = plan
    self.model = model
    self.event = event
    self.progress = progress
    self.provenance = provenance
  }

  /// The assessment of the model; nil without a baseline.
  var verdict: ModelVerdict? {
    baseline.map {
      ModelVerdict(
        training: event.training, validation: event.validation, crossValidation: crossValidation?.metrics, baseline: $0,
        job: job)
    }
  }

  /// The metrics of every table, with the table's name.
  var parts: [(name: String, metrics: ModelMetrics)] {
    let known: [(MeasuredPart, ModelMetrics?)] = [
      (.training, event.training), (.validation, event.validation), (.crossValidation, crossValidation?.metrics),
    ]
    return known.compactMap { part, metrics in metrics.map { (part.name, $0) } }
  }

  /// The origin of the network that became the model; nil during training.
  var delivered: DeliveredNetwork? {
    if case .finished = progress { event.network } else { nil }
  }

  /// The index of the part that is most representative of new rows.
  ///
  /// Rows of a single class are not.
  var leadingIndex: Int { parts.lastIndex { $0.metrics.isDecisive } ?? 0 }

  var leading: (name: String, metrics: ModelMetrics) { parts[leadingIndex] }
}
