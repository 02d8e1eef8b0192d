/// What happens to a running job, for the journal, the status line, the progress bar and events.jsonl.
///
/// The one schema of all of these: through a pipe events travel as they are (``MessageLine``), in events.jsonl as ``line(seconds:)``.
package indirect enum JobEvent: Sendable, Codable {
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
  case crossValidated(foldCount: Int, headline: Headline)
  /// A model of a grid was given up; the search goes on.
  case modelFailed(String)
  /// Of one of several models of the job: a fold's, or one of a grid.
  case ofPart(String, JobEvent)
  /// The process that ran the job has ended, how, and what it took; told by the supervisor.
  case processEnded(how: String, ProcessUsage)

  /// The number that people ask for first, under H2O's name.
  package struct Headline: Sendable, Equatable, Codable {
    package let name: String
    package let value: Double

    package init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  package struct TableSummary: Sendable, Equatable, Codable {
    /// As the job calls it.
    package let name: String
    package let rowCount: Int
    package let columnCount: Int
    package let seconds: Double

    package init(
      name: String, rowCount: Int, columnCount: Int, seconds: Double
    ) {
      self.name = name
      self.rowCount = rowCount
      self.columnCount = columnCount
      self.seconds = seconds
    }
  }

  package struct HeldOutSummary: Sendable, Equatable, Codable {
    /// Rows of the whole table.
    package let rowCount: Int
    package let heldOutCount: Int
    /// How many rows, and how they were chosen.
    package let sentence: String

    package init(
      rowCount: Int, heldOutCount: Int, sentence: String
    ) {
      self.rowCount = rowCount
      self.heldOutCount = heldOutCount
      self.sentence = sentence
    }
  }

  package struct PlanSummary: Sendable, Equatable, Codable {
    package let rowCount: Int
    package let validationRowCount: Int?
    package let units: [Int]
    package let parameterCount: Int
    package let epochs: Double
    package let seed: Int

    package init(
      rowCount: Int, validationRowCount: Int?, units: [Int], parameterCount: Int, epochs: Double, seed: Int
    ) {
      self.rowCount = rowCount
      self.validationRowCount = validationRowCount
      self.units = units
      self.parameterCount = parameterCount
      self.epochs = epochs
      self.seed = seed
    }
  }

  package struct ScoreSummary: Sendable, Equatable, Codable {
    package let epochs: Double
    package let totalEpochs: Double
    package let samples: Int
    package let samplesPerSecond: Double
    /// The number people ask for first, on the validation table if there is one.
    package let headline: Headline
    package let isValidation: Bool

    /// Share of the epochs that are done, at most 1.
    package var fraction: Double { totalEpochs > 0 ? min(1, epochs / totalEpochs) : 1 }

    package init(
      epochs: Double, totalEpochs: Double, samples: Int, samplesPerSecond: Double, headline: Headline,
      isValidation: Bool
    ) {
      self.epochs = epochs
      self.totalEpochs = totalEpochs
      self.samples = samples
      self.samplesPerSecond = samplesPerSecond
      self.headline = headline
      self.isValidation = isValidation
    }
  }

  package struct FinishSummary: Sendable, Equatable, Codable {
    /// Which network became the model; nil where no single model was trained.
    package var delivered: String?
    /// How the model compares with always predicting the same; nil where no single model was trained.
    package var verdict: String?
    package let ending: String
    package let epochs: Double
    package let seconds: Double
    package let headline: Headline
    package let isValidation: Bool

    package init(
      delivered: String? = nil, verdict: String? = nil, ending: String, epochs: Double, seconds: Double,
      headline: Headline, isValidation: Bool
    ) {
      self.delivered = delivered
      self.verdict = verdict
      self.ending = ending
      self.epochs = epochs
      self.seconds = seconds
      self.headline = headline
      self.isValidation = isValidation
    }
  }

  /// The score that the event tells, also of one of several models.
  package var score: ScoreSummary? {
    switch self {
    case .scored(let score): score
    case .ofPart(_, let event): event.score
    case .tableRead, .heldOut, .planned, .warning, .resumed, .checkpointed, .finished, .crossValidated, .modelFailed,
      .processEnded:
      nil
    }
  }
}
