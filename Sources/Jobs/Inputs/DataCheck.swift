internal import DataFrames
package import Documents
package import DurableFiles
internal import JobEvents
package import JobFiles
internal import Models
internal import Planning

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

  /// Returns every fault found; blocks until the tables are read.
  ///
  /// Faults of tables and columns come together. What depends on several of them, such as the classes of the response, is
  /// planned only without such faults, and the first fault of the plan is returned.
  package func faults() -> [DocumentFault] {
    job.kind == .predict ? predictionFaults : trainingFaults
  }

  private var options: ReadOptions {
    var options = ReadOptions(job)
    options.threads = threads
    return options
  }

  // MARK: Training

  private var trainingFaults: [DocumentFault] {
    var faults: [DocumentFault] = []
    var options = options
    var modelFaults: [DocumentFault] = []
    if let notation = model(job.checkpoint, \.checkpoint, &modelFaults)?.notation {
      options.adopt(notation, of: "the earlier model's table")
    }
    let training = frame(job.trainingFrame, \.trainingFrame, options, &faults)
    if let training { options.adopt(training) }
    let validation = frame(job.validationFrame, \.validationFrame, options, &faults)
    _ = model(job.pretrainedAutoencoder, \.pretrainedAutoencoder, &modelFaults)
    faults += modelFaults
    guard let training else { return faults }
    let compatibility = Compatibility(job)
    let seed = job.seed == -1 ? 0 : job.seed
    faults += TrainingPlanner(job, compatibility).columnFaults(training, validation: validation, seed: seed)
    // A grid plans each of its models, and an earlier model decides how training continues.
    guard plans, faults.isEmpty, !job.isGrid, job.checkpoint == nil else { return faults }
    do {
      let tables = try DividedTables(job, training: training, validation: validation, seed: seed, earlier: nil)
      _ = try ModelPlanner(SettingsInForce(tables.job, compatibility).settled, compatibility).plan(
        tables.training, validation: tables.validation.map { .table($0) } ?? .none, seed: seed, threads: threads)
      return []
    } catch {
      return located(error)
    }
  }

  // MARK: Prediction

  private var predictionFaults: [DocumentFault] {
    var faults: [DocumentFault] = []
    let model = model(job.model, \.model, &faults)
    let frame = frame(job.frame, \.frame, model?.readOptions(options) ?? options, &faults)
    guard faults.isEmpty, let frame, let model else { return faults }
    do {
      _ = try model.encode(frame.sample(atMost: Self.encodedRows))
      return []
    } catch {
      return located(error)
    }
  }

  /// The rows that are encoded to see whether a table has the columns of a model.
  private static let encodedRows = 1000

  // MARK: Parts

  private func frame(
    _ table: TableNames?, _ key: ParameterKey, _ options: ReadOptions, _ faults: inout [DocumentFault]
  ) -> Frame? {
    guard let table else { return nil }
    do {
      let frame = try files.read(table, options: options)
      guard frame.rowCount > 0 || job.kind == .predict else { throw FrameError.empty(path: table.title) }
      return frame
    } catch {
      let errors: [any Error] = (error as? FrameError)?.parts ?? [error]
      faults += errors.map { DocumentFault(at: job.location(of: key), "\($0)") }
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
