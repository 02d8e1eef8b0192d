internal import Algorithms
internal import DeepLearning
package import Explanations
package import Exports
package import JobFiles
package import Metrics
package import Models
package import Training

extension ResultFolder {
  /// The content of a result folder.
  package struct Content: Sendable {
    package let jobText: [UInt8]
    package let job: JobFile
    package let plan: TrainingPlan
    package let modelName: String
    package let model: Model
    package let final: ScoringEvent
    /// The metrics of the trivial model on the same tables.
    package let baseline: Baseline
    /// The decision threshold of two classes.
    package var labelThreshold: LabelThreshold?
    /// The reason why training ended.
    package let ending: String
    /// The state from which a later job can continue; nil if it is not kept.
    package let checkpoint: CheckpointFile?
    package var crossValidation: CrossValidation?
    /// The requested exports.
    package var exports: [Export] = []
    /// Sentences about the tables, and about problems that were overcome.
    package var warnings: [String] = []
    /// All warnings without duplicates: those of the verdict, of the plan, and of the tables.
    var allWarnings: [String] { Array((verdict.warnings + plan.notes.warnings + warnings).uniqued()) }

    /// The assessment of the model.
    package var verdict: ModelVerdict {
      ModelVerdict(
        training: final.training, validation: final.validation, crossValidation: crossValidation?.metrics,
        baseline: baseline, job: job)
    }
    /// The held-out rows and the sentence about their selection; nil without validation_fraction.
    package var heldOut: (sentence: String, rows: HeldOutRows)?
    /// The errors on rows of each table, of a regression or an autoencoder.
    package var samples: [SampledRows] = []
    /// The tables as they were read; nil for the models of folds.
    package var data: DescribedTables?
    /// Nil if they are left out.
    package var explanations: ExplainedTable?
    /// The training rows with which contributions compare a row; nil for an autoencoder and for the models of folds.
    package var background: Background?

    package init(
      jobText: [UInt8], job: JobFile, plan: TrainingPlan, modelName: String, model: Model, final: ScoringEvent,
      baseline: Baseline, ending: String, checkpoint: CheckpointFile?
    ) {
      self.baseline = baseline
      self.jobText = jobText
      self.job = job
      self.plan = plan
      self.modelName = modelName
      self.model = model
      self.final = final
      self.ending = ending
      self.checkpoint = checkpoint
    }

    /// The native model.
    package var modelFile: ModelFile {
      ModelFile(name: modelName, model: model, rule: plan.options.rule, samples: final.point.samples)
    }
  }

  /// A model in a foreign format, or the reason why it was refused.
  package enum Export: Sendable {
    case made(ModelExport)
    case refused(ExportFormat, reason: String)

    package var format: ExportFormat {
      switch self {
      case .made(let export): export.format
      case .refused(let format, _): format
      }
    }
  }

  /// The results of cross-validation.
  package struct CrossValidation: Sendable {
    /// The metrics over all held-out rows together.
    package private(set) var metrics: ModelMetrics
    /// The fold of each row of the training table, from 0.
    package let folds: [Int]
    package let models: [Content]
    /// The predictions of each fold's model for its held-out rows.
    package let predictions: [HeldOutPredictions]
    /// The errors on held-out rows; nil for a classifier.
    package let sample: SampledRows?
    /// The decision threshold for all held-out rows; nil if each fold's model has its own.
    package private(set) var labelThreshold: Double?

    package init(
      metrics: ModelMetrics, folds: [Int], models: [Content], predictions: [HeldOutPredictions],
      sample: SampledRows? = nil
    ) {
      self.metrics = metrics
      self.sample = sample
      self.folds = folds
      self.models = models
      self.predictions = predictions
    }

    /// Returns the results with one decision threshold for all held-out rows.
    package func labelled(from threshold: Double) -> CrossValidation {
      var result = self
      result.metrics = metrics.labelled(from: threshold)
      result.labelThreshold = threshold
      return result
    }
  }

  /// The predictions for the rows held out from a fold's model.
  package struct HeldOutPredictions: Sendable {
    /// The row numbers in the training table.
    package let rows: [Int]
    /// Row-major [rows x outputs].
    package let outputs: [Double]

    package init(rows: [Int], outputs: [Double]) {
      self.rows = rows
      self.outputs = outputs
    }
  }
}
