internal import DataFrames
package import Documents
package import DurableFiles
internal import JobEvents
package import JobFiles
internal import Models
internal import Planning
internal import Training

/// A check of a job against its tables and models, without training.
package struct DataCheck {
  private let job: JobFile
  private let files: NamedFiles
  private let fileSystem: FileSystem
  private let threads: Int
  private let plans: Bool

  /// - `files`: The paths of the files that the job names.
  /// - `plans`: False for a job with faults of its own, which cannot be planned.
  package init(_ job: JobFile, files: NamedFiles, fileSystem: FileSystem, threads: Int, plans: Bool) {
    self.plans = plans
    self.job = job
    self.files = files
    self.fileSystem = fileSystem
    self.threads = threads
  }

  /// The findings of a check.
  package struct Findings {
    package var faults: [DocumentFault]
    /// Sentences about tables, and about keys that do not have their usual effect.
    package var warnings: [DocumentFault] = []

    package init(faults: [DocumentFault] = []) { self.faults = faults }

    /// Adds warnings that are not known yet.
    fileprivate mutating func note(_ sentences: [String], at location: SourceLocation) {
      for sentence in sentences where !warnings.contains(where: { $0.message == sentence }) {
        warnings.append(DocumentFault(at: location, sentence))
      }
    }
  }

  /// Returns everything found; blocks until the tables are read.
  ///
  /// Faults of tables and columns come together. What depends on several of them, such as the classes of the response, is
  /// planned only without such faults, and the first fault of the plan is returned.
  package func findings() -> Findings {
    var findings = Findings()
    if job.kind == .predict { checkPrediction(&findings) } else { checkTraining(&findings) }
    return findings
  }

  private var options: ReadOptions {
    var options = ReadOptions(job)
    options.threads = threads
    return options
  }

  // MARK: Training

  private func checkTraining(_ findings: inout Findings) {
    var options = options
    var modelFaults: [DocumentFault] = []
    if let notation = model(job.checkpoint, \.checkpoint, &modelFaults)?.notation {
      options.adopt(notation, of: "the earlier model's table")
    }
    let training = frame(job.trainingFrame, \.trainingFrame, options, &findings)
    if let training { options.adopt(training) }
    let validation = frame(job.validationFrame, \.validationFrame, options, &findings)
    _ = model(job.pretrainedAutoencoder, \.pretrainedAutoencoder, &modelFaults)
    findings.faults += modelFaults
    guard let training else { return }
    let compatibility = Compatibility(job)
    let seed = job.seed == -1 ? 0 : job.seed
    findings.faults += TrainingPlanner(job, compatibility).columnFaults(training, validation: validation, seed: seed)
    // A grid plans each of its models, and an earlier model decides how training continues.
    guard plans, findings.faults.isEmpty, !job.isGrid, job.checkpoint == nil else { return }
    do {
      let tables = try DividedTables(job, training: training, validation: validation, seed: seed, earlier: nil)
      let (plan, sentences) = try ModelPlanner(SettingsInForce(tables.job, compatibility).settled, compatibility).plan(
        tables.training, validation: tables.validation.map { .table($0) } ?? .none, seed: seed, threads: threads)
      findings.note(plan.training.notes.warnings + sentences, at: job.location(of: \.trainingFrame))
    } catch {
      findings.faults += located(error)
    }
  }

  // MARK: Prediction

  private func checkPrediction(_ findings: inout Findings) {
    let model = model(job.model, \.model, &findings.faults)
    let frame = frame(job.frame, \.frame, model?.readOptions(options) ?? options, &findings)
    guard findings.faults.isEmpty, let frame, let model else { return }
    do {
      let (_, sentences) = try model.encode(frame.sample(atMost: Self.encodedRows), isForPrediction: true)
      findings.note(sentences, at: job.location(of: \.frame))
    } catch {
      findings.faults += located(error)
    }
  }

  /// The rows that are encoded to see whether a table has the columns of a model.
  private static let encodedRows = 1000

  // MARK: Parts

  private func frame(
    _ table: TableNames?, _ key: ParameterKey, _ options: ReadOptions, _ findings: inout Findings
  ) -> Frame? {
    guard let table else { return nil }
    do {
      let frame = try files.read(table, options: options)
      guard frame.rowCount > 0 || job.kind == .predict else { throw FrameError.empty(path: table.title) }
      for found in frame.layout?.contradictions ?? [] where job.isGiven(found.key.key) {
        findings.note(["'\(frame.path)': \(found.sentence)"], at: job.location(of: found.key.key))
      }
      findings.note(frame.warnings, at: job.location(of: key))
      return frame
    } catch {
      let errors: [any Error] = (error as? FrameError)?.parts ?? [error]
      findings.faults += errors.map { error in
        // A stated key that the table contradicts has a line of its own.
        guard case FrameError.contradicted = error else { return DocumentFault(at: job.location(of: key), "\(error)") }
        return DocumentFault(at: job.location(of: JobFailure.key(of: error, job: job) ?? key), "\(error)")
      }
      return nil
    }
  }

  private func model(_ name: String?, _ key: ParameterKey, _ faults: inout [DocumentFault]) -> Model? {
    guard let name else { return nil }
    do {
      return try StoredModel.read(files.model(name), fileSystem: fileSystem).model
    } catch {
      faults.append(job.fault(key, "names '\(name)', which is not a finished model: \(error)"))
      return nil
    }
  }

  /// Returns the faults of an error of planning, at the keys that they concern.
  private func located(_ error: any Error) -> [DocumentFault] {
    switch error {
    case TrainingError.unfit(let faults): faults
    case let error as DocumentError: error.faults
    default:
      [DocumentFault(at: job.location(of: JobFailure.key(of: error, job: job) ?? \.trainingFrame), "\(error)")]
    }
  }
}
