package import JobFiles
internal import Metrics
package import Models
package import Training

/// What a report of a model is made of, while it is trained or afterwards.
package struct ReportContent: Sendable {
  package enum Progress: Sendable {
    case running
    case finished(ending: String)
  }

  /// Where the model comes from, so that it can be made again.
  package struct Provenance: Sendable, Equatable {
    /// Of each table: name, size, what identifies its content.
    package let tables: [String]
    package let threads: Int
    /// Name of the machine.
    package let host: String
    /// How the training table was divided; nil if it was not.
    package let heldOut: String?

    package init(tables: [String], threads: Int, host: String, heldOut: String? = nil) {
      self.host = host
      self.heldOut = heldOut
      self.tables = tables
      self.threads = threads
    }
  }

  /// What a model made of a sample of rows.
  package enum Sample: Sendable {
    /// Predictions beside actual values.
    case regression(table: String, predicted: [Double], actual: [Double])
    case reconstruction(table: String, errors: [Double])
  }

  package let title: String
  package let job: JobFile
  package let plan: TrainingPlan
  package let model: Model
  package let event: ScoringEvent
  package let progress: Progress
  package var crossValidation: ResultFolder.CrossValidation?
  /// Metrics of the trivial model on the same tables.
  package var baseline: Baseline?
  /// Where labels of the second of two classes begin; nil while each table has a threshold of its own.
  package var labelThreshold: LabelThreshold?
  /// Epochs after which the network was as it is delivered, for the charts of the history; nil where nobody knows.
  package var deliveredEpochs: Double?
  package var exports: [ResultFolder.Export] = []
  package var sample: Sample?
  package var provenance: Provenance
  package var warnings: [String] = []

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

  /// Whether the model is worth anything; nil without a baseline to compare it with.
  var verdict: ModelVerdict? {
    baseline.map {
      ModelVerdict(
        training: event.training, validation: event.validation, crossValidation: crossValidation?.metrics, baseline: $0,
        job: job)
    }
  }

  /// Metrics of every table, with the table's name.
  var parts: [(name: String, metrics: ModelMetrics)] {
    [("training", event.training)] + (event.validation.map { [("validation", $0)] } ?? [])
      + (crossValidation.map { [("cross-validation", $0.metrics)] } ?? [])
  }

  /// The part that tells most about new rows.
  var leading: (name: String, metrics: ModelMetrics) { parts[parts.count - 1] }
}
