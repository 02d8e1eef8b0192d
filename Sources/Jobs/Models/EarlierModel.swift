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

  /// - `name`: As the job names it.
  /// - `key`: Of the job file, for messages.
  /// Throws ``DocumentError`` (rules E21 and E23) if there is no such model.
  init(_ name: String, key: ParameterKey, request: ModelRequest, fileSystem: FileSystem) throws {
    self.key = key
    self.request = request
    self.fileSystem = fileSystem
    do {
      folder = try request.origin.files.model(name)
      file = try ModelFile.read(folder, fileSystem: fileSystem)
    } catch {
      throw DocumentError([request.job.fault(key, "names '\(name)', which is no finished model: \(error)")])
    }
  }

  /// The inputs of the model that the job continues; nil where it begins anew, or where a table's own scales count.
  ///
  /// A model that has gone since the job was interrupted is no fault here: the job's own checkpoint may do without it.
  ///
  /// Throws ``DocumentError`` (rule E22) with each fixed parameter that differs.
  static func encodingToContinue(_ request: ModelRequest, fileSystem: FileSystem) throws -> RowEncoding? {
    guard let name = request.job.checkpoint, request.compatibility.training.continuedScales == .earlierModel,
      let earlier = try? EarlierModel(name, key: \.checkpoint, request: request, fileSystem: fileSystem)
    else { return nil }
    try earlier.refuseChanges(since: earlier.earlierJob())
    return earlier.file.model.encoding
  }

  /// Where the training of the earlier model goes on.
  ///
  /// Throws ``DocumentError`` (rule E22) with each fixed parameter that differs, its old and its new value.
  func continuation(_ plan: TrainingPlan) throws -> ModelPreparation.Start {
    let old = try earlierJob()
    try refuseChanges(since: old)
    let bytes: [UInt8]
    do {
      bytes = try fileSystem.read("\(folder)/\(JobFolderLayout.checkpointFile)", limit: CheckpointFile.maximumBytes)
    } catch {
      throw refusal("names a model without its checkpoint, so its training cannot be continued: \(error)")
    }
    let encoding = plan.encoding
    guard file.model.encoding.inputNames == encoding.inputNames, file.model.topology == plan.topology else {
      throw refusal(
        "cannot be continued with this table: its network has the inputs "
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
      throw refusal("has a checkpoint that cannot be used: \(error)")
    }
    let done = plan.schedule.epochs(samples: checkpoint.progress.samples)
    guard plan.schedule.epochs > done else {
      throw DocumentError([
        request.job.fault(
          \.epochs,
          "is \(plan.schedule.epochs.text), but the checkpoint has trained \(done.text) already; epochs is the total, so "
            + "give more")
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
    // H2O goes on comparing.
    let isJudgedAlike =
      plan.rules.continuation == .best || changes(since: old) { $0.judgesModels }.isEmpty
    return ModelPreparation.Start(
      state: checkpoint.state, progress: progress,
      record: isJudgedAlike ? checkpoint.record : checkpoint.record.withoutStoppingValues, origin: .continued)
  }

  private func earlierJob() throws -> JobFile {
    let path = "\(folder)/\(ResultFolderLayout.effectiveJobFile)"
    do {
      return try JobFileReader.read(fileSystem.read(path, limit: DocumentReader.maximumBytes), file: path)
    } catch {
      throw refusal("does not say how it was trained, so its training cannot be continued: \(error)")
    }
  }

  private func refuseChanges(since old: JobFile) throws {
    let faults = changes(since: old) { $0.fixedOnContinuation }.map { row, before, now in
      request.job.fault(
        row, "cannot change when training goes on from a checkpoint: it was \(before), here it is \(now)")
    }
    guard faults.isEmpty else { throw DocumentError(faults) }
  }

  /// The parameters with a trait whose value is another, with both values as they print (rule E22).
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
      ? ". H2O 3.46 continues with the same columns, levels and classes only; add rows that have them, or use "
        + "compatibility: documentation for both jobs, where a table may lack levels" : ""
  }

  private static func difference(_ before: [String], _ now: [String]) -> String {
    let gone = before.filter { !Set(now).contains($0) }.prefix(3).map { "'\($0)'" }
    let new = now.filter { !Set(before).contains($0) }.prefix(3).map { "'\($0)'" }
    guard !gone.isEmpty || !new.isEmpty else { return "in another order" }
    return [
      gone.isEmpty ? nil : "\(gone.joined(separator: ", ")) that are missing here",
      new.isEmpty ? nil : "without \(new.joined(separator: ", "))",
    ].compactMap { $0 }.joined(separator: ", ")
  }

  /// Puts the hidden layers of an autoencoder in place of the first weights.
  ///
  /// Throws ``DocumentError`` (rule E23) if the model is none, or of another shape.
  func lendHiddenLayers(to state: inout NetworkState, plan: TrainingPlan) throws {
    let lender = file.model
    guard lender.objective.reconstructed != nil else { throw refusal("is no autoencoder") }
    let (old, new) = (lender.topology, plan.topology)
    guard old.hidden == new.hidden, old.inputs == new.inputs, old.activation.channels == new.activation.channels else {
      throw refusal(
        "has the layers \(old.units.map(String.init).joined(separator: "-")), but this job makes "
          + "\(new.units.map(String.init).joined(separator: "-")): inputs and hidden layers must be the same "
          + "(an autoencoder always has use_all_factor_levels)")
    }
    for layer in 0..<new.hidden.count {
      state.layers[layer].weights = lender.state.layers[layer].weights
      state.layers[layer].biases = lender.state.layers[layer].biases
    }
  }

  private func refusal(_ message: String) -> DocumentError { DocumentError([request.job.fault(key, message)]) }
}
