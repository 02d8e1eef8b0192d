/// An event of a running job, for the journal, the status line, the progress bar and events.jsonl.
///
/// All of them share this schema. Pipes carry events as they are (``MessageLine``); events.jsonl
/// contains ``line(seconds:)``.
package indirect enum JobEvent: Sendable, Codable {
  /// The worker process was started; recorded by the supervisor.
  case processStarted
  /// A table is in memory.
  case tableRead(TableSummary)
  /// Rows of the training table were held out for validation.
  case heldOut(HeldOutSummary)
  /// The data is read and the training plan is complete.
  case planned(PlanSummary)
  /// A sentence about a setting without effect or a result that was left out.
  case warning(String)
  /// Training continues from a checkpoint.
  case resumed(samples: Int, epochs: Double, after: Resumption = .interruption)
  case scored(ScoreSummary)
  case checkpointed(samples: Int)
  case finished(FinishSummary)
  /// The job, or a model of its grid, trains this many models: those of a grid, or the folds and the main model.
  ///
  /// In a search by successive halving a model counts once for each rung that it is expected to reach. A search that
  /// has a time limit ends after `secondsLeft`, whatever the number of models by then.
  case modelCount(Int, secondsLeft: Double? = nil)
  /// The models of all folds are trained; the headline metric covers all held-out rows.
  case crossValidated(foldCount: Int, headline: Headline)
  /// A model of a grid failed; the search continues.
  case modelFailed(String)
  /// An event of one of several models of the job: a fold or a model of a grid.
  case ofPart(String, JobEvent)
  /// The worker process ended; reported by the supervisor with its resource usage.
  case processEnded(how: String, ProcessUsage)

  /// The most important metric, under H2O's name.
  package struct Headline: Sendable, Equatable, Codable {
    package let name: String
    package let value: Double

    package init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  package struct TableSummary: Sendable, Equatable, Codable {
    /// The name that the job uses for the table.
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
    /// The number of rows in the whole table.
    package let rowCount: Int
    package let heldOutCount: Int
    /// A sentence about the number of rows and their selection.
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
    /// The headline metric, on the validation table if there is one.
    package let headline: Headline
    package let isValidation: Bool
    /// The completed share of the time limit of the model, at most 1; nil without a limit.
    package let timeFraction: Double?

    /// The completed share of the epochs or of the time limit, whichever is larger; at most 1.
    package var fraction: Double { max(totalEpochs > 0 ? min(1, epochs / totalEpochs) : 1, timeFraction ?? 0) }

    package init(
      epochs: Double, totalEpochs: Double, samples: Int, samplesPerSecond: Double, headline: Headline,
      isValidation: Bool, timeFraction: Double? = nil
    ) {
      self.timeFraction = timeFraction
      self.epochs = epochs
      self.totalEpochs = totalEpochs
      self.samples = samples
      self.samplesPerSecond = samplesPerSecond
      self.headline = headline
      self.isValidation = isValidation
    }
  }

  package struct FinishSummary: Sendable, Equatable, Codable {
    /// The network that became the model; nil if the job trained no single model.
    package var delivered: String?
    /// A comparison with a constant prediction; nil if the job trained no single model.
    package var verdict: String?
    package let ending: String
    /// The number of epochs trained.
    package let epochs: Double
    /// The epochs after which the delivered network was taken, to which the metric belongs; nil if unknown.
    package var deliveredEpochs: Double?
    package let seconds: Double
    /// Nil if the job has no metric, because it predicted only.
    package let headline: Headline?
    package let isValidation: Bool

    package init(
      delivered: String? = nil, verdict: String? = nil, ending: String, epochs: Double, deliveredEpochs: Double? = nil,
      seconds: Double, headline: Headline?, isValidation: Bool
    ) {
      self.delivered = delivered
      self.deliveredEpochs = deliveredEpochs
      self.verdict = verdict
      self.ending = ending
      self.epochs = epochs
      self.seconds = seconds
      self.headline = headline
      self.isValidation = isValidation
    }
  }

  /// The score in this event, including events of one of several models.
  package var score: ScoreSummary? {
    switch self {
    case .scored(let score): score
    case .ofPart(_, let event): event.score
    case .processStarted, .tableRead, .heldOut, .planned, .warning, .resumed, .checkpointed, .finished, .modelCount,
      .crossValidated, .modelFailed, .processEnded:
      nil
    }
  }
}
