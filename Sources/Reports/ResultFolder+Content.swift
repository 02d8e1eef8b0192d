internal import Algorithms
internal import DeepLearning
package import Exports
package import JobFiles
package import Metrics
package import Models
package import Training

extension ResultFolder {
  /// Everything that goes into a result folder.
  package struct Content: Sendable {
    package let jobText: [UInt8]
    package let job: JobFile
    package let plan: TrainingPlan
    package let modelName: String
    package let model: Model
    package let final: ScoringEvent
    /// Metrics of the trivial model on the same tables.
    package let baseline: Baseline
    /// Where labels of the second of two classes begin.
    package var labelThreshold: LabelThreshold?
    /// Why training ended.
    package let ending: String
    /// What a later job can go on with; nil where none will.
    package let checkpoint: CheckpointFile?
    package var crossValidation: CrossValidation?
    /// The model in foreign formats, as the job wants them.
    package var exports: [Export] = []
    /// What is to be said about the tables, and what went wrong on the way and was mended; sentences.
    package var warnings: [String] = []
    /// The same after those of the plan, each once.
    var allWarnings: [String] { Array((verdict.warnings + plan.warnings + warnings).uniqued()) }

    /// Whether the model is worth anything.
    package var verdict: ModelVerdict {
      ModelVerdict(
        training: final.training, validation: final.validation, crossValidation: crossValidation?.metrics,
        baseline: baseline, job: job)
    }
    /// The rows that the model did not train on, and how they were chosen; nil without validation_fraction.
    package var heldOut: (sentence: String, rows: HeldOutRows)?

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

  /// The model in a foreign format, or why it cannot be had.
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

  /// What cross-validation found out.
  package struct CrossValidation: Sendable {
    /// Over all held-out rows together.
    package private(set) var metrics: ModelMetrics
    /// Fold of each row of the training table, from 0.
    package let folds: [Int]
    /// The model of each fold.
    package let models: [Content]
    /// What each of them made of the rows that it had not seen.
    package let predictions: [HeldOutPredictions]
    /// Where the labels of all held-out rows begin; nil where each fold's model has a threshold of its own.
    package private(set) var labelThreshold: Double?

    package init(metrics: ModelMetrics, folds: [Int], models: [Content], predictions: [HeldOutPredictions]) {
      self.metrics = metrics
      self.folds = folds
      self.models = models
      self.predictions = predictions
    }

    /// The same with all held-out rows labelled by one threshold.
    package func labelled(from threshold: Double) -> CrossValidation {
      var result = self
      result.metrics = metrics.labelled(from: threshold)
      result.labelThreshold = threshold
      return result
    }
  }

  /// Predictions for the rows held out from a fold's model.
  package struct HeldOutPredictions: Sendable {
    /// Row numbers of the training table.
    package let rows: [Int]
    /// Row-major [rows x outputs].
    package let outputs: [Double]

    package init(rows: [Int], outputs: [Double]) {
      self.rows = rows
      self.outputs = outputs
    }
  }
}
