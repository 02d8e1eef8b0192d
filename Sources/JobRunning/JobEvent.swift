package import Metrics

/// What happens to a running job, for the journal, the status line, the progress bar and events.jsonl.
package enum JobEvent: Sendable {
  /// The data is read and the plan is made.
  case planned(PlanSummary)
  /// Something was given up or has no effect; a sentence.
  case warning(String)
  /// Training goes on from a checkpoint.
  case resumed(samples: Int, epochs: Double)
  case scored(ScoreSummary)
  case checkpointed(samples: Int)
  case finished(FinishSummary)

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
    package let ending: String
    package let epochs: Double
    package let seconds: Double
    package let headline: ModelMetrics.Named
    package let isValidation: Bool
  }
}
