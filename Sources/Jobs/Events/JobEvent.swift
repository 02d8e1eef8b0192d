package import Metrics

/// What happens to a running job, for the journal, the status line, the progress bar and events.jsonl.
package indirect enum JobEvent: Sendable {
  /// A table is in memory.
  case tableRead(TableSummary)
  /// Rows of the training table are held out for validation.
  case heldOut(HeldOutSummary)
  /// The data is read and the plan is made.
  case planned(PlanSummary)
  /// Something was given up or has no effect; a sentence.
  case warning(String)
  /// Training goes on from a checkpoint.
  case resumed(samples: Int, epochs: Double)
  case scored(ScoreSummary)
  case checkpointed(samples: Int)
  case finished(FinishSummary)
  /// The models of all folds are trained; the number that people ask for first, over all held-out rows.
  case crossValidated(foldCount: Int, headline: ModelMetrics.Named)
  /// A model of a grid was given up; the search goes on.
  case modelFailed(String)
  /// Of one of several models of the job: a fold's, or one of a grid.
  case ofPart(String, JobEvent)

  package struct TableSummary: Sendable, Equatable {
    /// As the job calls it.
    package let name: String
    package let rowCount: Int
    package let columnCount: Int
    package let seconds: Double
  }

  package struct HeldOutSummary: Sendable, Equatable {
    /// Rows of the whole table.
    package let rowCount: Int
    package let heldOutCount: Int
    /// How many rows, and how they were chosen.
    package let sentence: String
  }

  package struct PlanSummary: Sendable, Equatable {
    package let rowCount: Int
    package let validationRowCount: Int?
    package let units: [Int]
    package let parameterCount: Int
    package let epochs: Double
    package let seed: Int
  }

  package struct ScoreSummary: Sendable {
    package let epochs: Double
    package let totalEpochs: Double
    package let samples: Int
    package let samplesPerSecond: Double
    /// The number people ask for first, on the validation table if there is one.
    package let headline: ModelMetrics.Named
    package let isValidation: Bool

    /// Share of the epochs that are done, at most 1.
    package var fraction: Double { totalEpochs > 0 ? min(1, epochs / totalEpochs) : 1 }
  }

  package struct FinishSummary: Sendable {
    /// Which network became the model; nil where no single model was trained.
    package var delivered: String?
    /// How the model compares with always predicting the same; nil where no single model was trained.
    package var verdict: String?
    package let ending: String
    package let epochs: Double
    package let seconds: Double
    package let headline: ModelMetrics.Named
    package let isValidation: Bool
  }

  /// The score that the event tells, also of one of several models.
  package var score: ScoreSummary? {
    switch self {
    case .scored(let score): score
    case .ofPart(_, let event): event.score
    case .tableRead, .heldOut, .planned, .warning, .resumed, .checkpointed, .finished, .crossValidated, .modelFailed:
      nil
    }
  }
}
