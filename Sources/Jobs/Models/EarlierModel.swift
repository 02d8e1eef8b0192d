internal import DataFrames
internal import DeepLearning
internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Models
internal import Planning
internal import Reports
internal import Training

/// The finished model that a job starts from: `checkpoint` or `pretrained_autoencoder`.
struct EarlierModel {
  private let key: ParameterKey
  private let request: ModelRequest
  private let folder: String
  private let fileSystem: FileSystem
  private let file: ModelFile

  /// - `name`: The name in the job file.
  /// - `key`: The key of the job file that names the model, for messages.
  /// - Throws: ``DocumentError`` (rules E21 and E23) if there is no such model.
  init(_ name: String, key: ParameterKey, request: ModelRequest, fileSystem: FileSystem) throws {
    self.key = key
    self.request = request
    do {
      let place = try request.origin.files.model(name)
      folder = place.folder
      self.fileSystem = fileSystem.reading(by: place.opener)
      file = try ModelFile.read(folder, fileSystem: self.fileSystem)
    } catch {
      throw DocumentError([request.job.fault(key, "names '\(name)', which is not a finished model: \(error)")])
    }
  }

  /// Returns the encoding of the model that the job continues, and the rows that it has trained.
  ///
  /// Returns nil for a new model, and if the rules scale each table by its own values. Also returns
  /// nil if the earlier model no longer exists: an interrupted job may continue from its own
  /// checkpoint without it.
  ///
  /// - Throws: ``DocumentError`` (rule E22) with each fixed parameter that differs.
  static func encodingToContinue(_ request: ModelRequest, fileSystem: FileSystem) throws -> (
    encoding: RowEncoding, samples: Int
  )? {
    guard let name = request.job.checkpoint, request.compatibility.training.continuedScales == .earlierModel,
      let earlier = try? EarlierModel(name, key: \.checkpoint, request: request, fileSystem: fileSystem)
    else { return nil }
    try earlier.refuseChanges(since: earlier.earlierJob())
    // Only curves of the learning rate depend on the rows; a missing checkpoint is reported where training continues.
    let bytes = request.job.rateSchedule.spansTraining ? try? earlier.checkpointBytes() : nil
    return (earlier.file.model.encoding, bytes.flatMap { try? CheckpointFile.samples(of: $0) } ?? 0)
  }

  /// Returns the starting point that continues the training of the earlier model.
  ///
  /// - Throws: ``DocumentError`` (rule E22) with the old and new value of each fixed
  ///   parameter that differs.
  func continuation(_ plan: TrainingPlan) throws -> StartingPoint {
    let old = try earlierJob()
    try refuseChanges(since: old)
    let bytes: [UInt8]
    do {
      bytes = try checkpointBytes()
    } catch {
      throw refusal("names a model without a readable checkpoint, so its training cannot continue: \(error)")
    }
    let encoding = plan.encoding
    guard file.model.encoding.inputNames == encoding.inputNames, file.model.topology == plan.topology else {
      throw refusal(
        "cannot be continued with this table: the inputs of its network "
          + Self.difference(file.model.encoding.inputNames, encoding.inputNames)
          + Self.repair(plan))
    }
    guard file.model.classes == encoding.classes else {
      throw refusal("cannot be continued with this table: the classes of the response differ" + Self.repair(plan))
    }
    let checkpoint: CheckpointFile
    do {
      checkpoint = try CheckpointFile(bytes: bytes, topology: plan.topology, rule: plan.options.rule)
    } catch {
      throw refusal("has an unusable checkpoint: \(error)")
    }
    let done = plan.course.schedule.epochs(samples: checkpoint.progress.samples)
    let epochs = plan.course.schedule.epochs
    guard epochs > done else {
      throw DocumentError([
        request.job.fault(
          \.epochs,
          "is \(epochs.text), but the earlier job already trained \(done.text); epochs is the total of "
            + "both jobs, so increase it")
      ])
    }
    if (checkpoint.record.history.last?.validation != nil) != request.job.hasValidationTable {
      throw refusal(
        !request.job.hasValidationTable
          ? "was trained with a validation_frame; give one here too"
          : "was trained without a validation_frame; remove it here too")
    }
    var progress = checkpoint.progress
    progress.isAtStart = plan.rules.continuation == .best
    // H2O continues to compare with earlier values even if models are now judged differently.
    let isJudgedAlike =
      plan.rules.continuation == .best || changes(since: old) { $0.judgesModels }.isEmpty
    return StartingPoint(
      state: checkpoint.state, progress: progress,
      record: isJudgedAlike ? checkpoint.record : checkpoint.record.withoutStoppingValues, origin: .continued)
  }

  private func checkpointBytes() throws(FileSystemError) -> [UInt8] {
    try fileSystem.read("\(folder)/\(JobFolderLayout.checkpointFile)", limit: CheckpointFile.maximumBytes)
  }

  private func earlierJob() throws -> JobFile {
    do {
      return try JobFile.ofModel(in: folder, file.model, fileSystem: fileSystem)
    } catch {
      throw refusal("has no readable settings, so its training cannot continue: \(error)")
    }
  }

  private func refuseChanges(since old: JobFile) throws {
    if let ensemble = file.model.ensemble {
      throw refusal(
        "is the mean of \(ensemble.networkCount) models, whose training cannot continue; name one of them, such as "
          + "the folder of \(ensemble.ownName)")
    }
    var faults = changes(since: old) { $0.fixedOnContinuation }.map { row, before, now in
      request.job.fault(
        row, "cannot change when training continues from a checkpoint: it was \(before), here it is \(now)")
    }
    if old.rateSchedule.spansTraining, !request.job.isGiven(\.rateSchedule) {
      faults.append(
        request.job.fault(
          \.rateSchedule,
          "is missing: the \(old.rateSchedule.rawValue) curve of the earlier job is complete; choose the course over the "
            + "additional epochs, such as rate_schedule: \(old.rateSchedule.rawValue)"))
    }
    guard faults.isEmpty else { throw DocumentError(faults) }
  }

  /// Returns the parameters with a trait whose values differ, with both values as text (rule E22).
  private func changes(
    since old: JobFile, _ trait: (any ParameterRow) -> Bool
  ) -> [(row: any ParameterRow, before: String, now: String)] {
    ParameterCatalogue.shared.allRows.filter(trait).compactMap { row in
      let (before, now) = (old.text(of: row), request.job.text(of: row))
      return before == now ? nil : (row, before, now)
    }
  }

  private static func repair(_ plan: TrainingPlan) -> String {
    plan.rules.continuedScales == .ownTable
      ? ". H2O 3.46 requires the same columns, levels and classes; add rows that have them, or use "
        + "compatibility: documentation for both jobs, which permits missing levels" : ""
  }

  private static func difference(_ before: [String], _ now: [String]) -> String {
    let gone = before.filter { !Set(now).contains($0) }.prefix(3).map { "'\($0)'" }
    let new = now.filter { !Set(before).contains($0) }.prefix(3).map { "'\($0)'" }
    guard !gone.isEmpty || !new.isEmpty else { return "have a different order" }
    return [
      gone.isEmpty ? nil : "include \(gone.joined(separator: ", ")) (missing here)",
      new.isEmpty ? nil : "do not include \(new.joined(separator: ", ")) (new here)",
    ].compactMap { $0 }.joined(separator: ", ")
  }

  /// Replaces the initial weights by the hidden layers of an autoencoder.
  ///
  /// - Throws: ``DocumentError`` (rule E23) if the model is not an autoencoder or has a different shape.
  func lendHiddenLayers(to state: inout NetworkState, plan: TrainingPlan) throws {
    let lender = file.model
    guard lender.objective.reconstructed != nil else { throw refusal("is not an autoencoder") }
    let (old, new) = (lender.topology, plan.topology)
    guard old.hidden == new.hidden, old.inputs == new.inputs, old.activation.channels == new.activation.channels else {
      throw refusal(
        "has the layers \(old.units.map(String.init).joined(separator: "-")), but this job has "
          + "\(new.units.map(String.init).joined(separator: "-")); inputs and hidden layers must be the same "
          + "(an autoencoder always uses use_all_factor_levels)")
    }
    for layer in 0..<new.hidden.count {
      state.layers[layer].weights = lender.state.layers[layer].weights
      state.layers[layer].biases = lender.state.layers[layer].biases
    }
  }

  private func refusal(_ message: String) -> DocumentError { DocumentError([request.job.fault(key, message)]) }
}
