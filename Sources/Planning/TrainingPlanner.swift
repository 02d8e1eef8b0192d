package import DataFrames
internal import DeepLearning
package import JobFiles
internal import Models
package import Training

/// Checks a job against its training table and makes all automatic choices.
package struct TrainingPlanner: Sendable {
  let job: JobFile
  let compatibility: Compatibility

  package init(_ job: JobFile, _ compatibility: Compatibility) {
    self.job = job
    self.compatibility = compatibility
  }

  /// Returns the training plan for `table`.
  ///
  /// - `given`: The table before ``weighted(_:seed:)``; its weights define the class frequencies.
  /// - `seed`: The seed if the job gives none (-1).
  /// - `basis`: The encoding of the model that continues training; nil to encode by the table.
  /// - `samples`: The rows that this model has trained already.
  /// - Throws: ``TrainingError/unfit(_:)`` or ``FrameError``.
  package func plan(
    _ table: Frame, given: Frame? = nil, seed: Int, basis: RowEncoding? = nil, samples: Int = 0
  ) throws -> TrainingPlan {
    let seed = job.seed == -1 ? seed : job.seed
    let continued = basis.map { ContinuedEncoding(basis: $0, job: job) }
    let frame = try continued?.adopt(table) ?? table
    let response = try response(of: frame)
    for name in job.columnTypes.keys.sorted() { _ = try frame.column(named: name, for: .declaredType) }
    for name in job.renameLevels.keys.sorted() { _ = try frame.column(named: name, for: .renamedLevels) }
    let (own, objective, dropped) = try encoding(
      of: frame, seed: seed, keeping: Set(basis?.sources.map(\.name) ?? []))
    let encoding = try continued?.encoding(frame, own: own) ?? own
    let classCount = response?.levels?.count ?? 1
    let topology = topology(
      encoding, inputs: encoding.inputCount,
      outputs: objective.reconstructed == nil ? classCount : encoding.inputCount)
    try refuseTooLarge(topology, encoding: encoding)
    let isReproducible = compatibility.isReproducible(job)
    let weights = RowWeights(frame, column: job.weightsColumn)
    let balance = try response.flatMap { response throws(TrainingError) in
      try classBalance(frame, given: given ?? frame, response, weights: weights, seed: seed)
    }
    let usage = RowUsage(frame, job: job, encoding: encoding)
    let classWeights = try ClassLoss.factors(job, response: response) {
      (balance?.rows ?? Array(0..<frame.rowCount)).filter(usage.isUsable)
    }
    let schedule = schedule(
      rowCount: balance?.rows.count ?? frame.rowCount,
      usableRows: balance.map { $0.rows.count(where: usage.isUsable) } ?? usage.usableRows, weights: weights,
      isReproducible: isReproducible)
    try refuseTooLong(schedule)
    let options = LearningOptions(
      objective: objective, rule: updateRule(over: samples..<max(samples, schedule.totalSamples)), penalty: penalty,
      dropout: dropout,
      sparsity: job.autoencoder && job.sparsityBeta > 0
        ? Sparsity(beta: job.sparsityBeta, averageActivation: job.averageActivation) : nil,
      elasticity: job.elasticAveraging
        ? Elasticity(
          movingRate: job.elasticAveragingMovingRate, regularization: job.elasticAveragingRegularization) : nil,
      labelSmoothing: job.labelSmoothing, scalesInputs: job.inputScaling,
      batchSize: compatibility.has(.miniBatchesHaveOneRow) ? 1 : job.miniBatchSize, isFast: job.fastMode, seed: seed,
      rules: compatibility.network)
    try refuseTooMuchAtOnce(topology, options)
    let shards = ShardPlan(
      request: job.trainingShards,
      isPossible: options.engine.copyTrainer != nil && options.sparsity == nil && schedule.isSequential,
      batchSize: options.engine.rowsPerStep,
      samplesPerIteration: job.trainSamplesPerIteration == automaticSamples ? nil : schedule.samplesPerIteration,
      communicationRatio: isReproducible ? nil : job.targetRatioCommToComp, dealsRows: !job.replicateTrainingData)
    let course = TrainingCourse(
      schedule: schedule, shards: shards,
      isUnlocked: job.unlockedTraining && shards.count == 1 && options.engine == .rowByRow
        && options.elasticity == nil && options.sparsity == nil,
      isReproducible: isReproducible,
      maximumRuntimeSeconds: job.maxRuntimeSecs > 0 ? job.maxRuntimeSecs : nil)
    return TrainingPlan(
      topology: topology, options: options, initialWeights: initialWeights(seed: seed), rules: compatibility.training,
      encoding: encoding,
      rowUse: RowUse(
        rules: compatibility.tables, skipsIncomplete: job.missingValuesHandling == .skip,
        drawsByWeight: weights.isFractional && compatibility.has(.weightsResampleRows), balance: balance,
        classWeights: classWeights),
      course: course,
      notes: .init(
        resolved: resolved(options, course, classCount: classCount) + resolvedWeights(classWeights, response),
        warnings: frame.warnings + dropped + [usage.sentence].compactMap { $0 }
          + warnings(response, layout: frame.layout, options: options, classCount: classCount) + gapWarnings(encoding)))
  }

  /// Returns the topology of the job's network for the given numbers of inputs and outputs.
  func topology(_ encoding: RowEncoding, inputs: Int, outputs: Int) -> NetworkTopology {
    NetworkTopology(
      inputs: inputs, categoricalInputs: encoding.categoricalInputs, categoricalColumns: encoding.categoricals.count,
      hashesCategoricals: encoding.hash != nil, hasSparseNumerics: encoding.isSparse, hidden: job.hidden,
      outputs: outputs, activation: Activation(job.activation))
  }

  func response(of frame: Frame) throws(FrameError) -> Column? {
    try job.responseColumn.map { name throws(FrameError) in try frame.column(named: name, for: .response) }
  }

  /// Checks rule E15 and resolves the objective from job and response.
  func objective(_ response: Column?) throws(TrainingError) -> Objective {
    guard let response else { return try ObjectiveResolver(job, compatibility).resolveReconstruction() }
    if let offset = job.offsetColumn, response.levels != nil {
      throw .unfit([
        job.fault(
          \.offsetColumn, "'\(offset)' is for regression, but '\(response.name)' is categorical; remove offset_column")
      ])
    }
    return try ObjectiveResolver(job, compatibility).resolve(response)
  }

  /// Checks rules E16, E17 and E19 and balances the classes if the job asks for it.
  private func classBalance(
    _ frame: Frame, given: Frame, _ response: Column, weights rowWeights: RowWeights, seed: Int
  ) throws(TrainingError) -> ClassBalance? {
    guard job.balanceClasses else { return nil }
    guard let levels = response.levels else {
      throw .unfit([
        job.fault(
          \.balanceClasses,
          "is for classification, but '\(response.name)' is numeric; remove it, or set column_types: "
            + "{\(response.name.text): enum}")
      ])
    }
    if !rowWeights.selectsRows {
      throw .unfit([job.fault(\.balanceClasses, "supports weights of 0 and 1 only; remove it or weights_column")])
    }
    var factorOfClass: [String: Double] = [:]
    if job.isGiven(\.classSamplingFactors), !job.classSamplingFactors.numbers.isEmpty {
      do throws(ClassFactorAssignment.Fault) {
        let assignment = try ClassFactorAssignment(job.classSamplingFactors, classes: levels, response: response.name)
        factorOfClass = Dictionary(uniqueKeysWithValues: assignment.factors.map { ($0.name, $0.factor) })
      } catch {
        throw .unfit([job.fault(\.classSamplingFactors, error.text)])
      }
    }
    func weights(_ frame: Frame) -> Column? { job.weightsColumn.flatMap { frame.column(named: $0) } }
    let balance = ClassBalance(
      response, weights: weights(frame), givenWeights: weights(given),
      factors: levels.compactMap { factorOfClass[$0] },
      maximumRelativeSize: job.maxAfterBalanceSize, mayExceed: compatibility.has(.balancedTablesMayExceed), seed: seed)
    guard !balance.rows.isEmpty else {
      throw .unfit([job.fault(\.classSamplingFactors, "leave no row to train on; use larger factors")])
    }
    return balance
  }

  /// The max_w2 that replaces infinity for Rectifier, whose outputs are unbounded.
  ///
  /// See h2o-behaviour.md#resolved-parameters.
  private static let rectifierNormLimit: Float = 1000

  private var penalty: Penalty {
    let isRectifier = job.activation == .rectifier || job.activation == .rectifierWithDropout
    // A value beyond single precision is no limit either.
    let limit = Float(job.maxW2) == .infinity && isRectifier ? Self.rectifierNormLimit : Float(job.maxW2)
    return Penalty(l1: job.l1, l2: job.l2, maximumSquaredSum: limit)
  }

  private var dropout: Dropout {
    guard job.activation.hasHiddenDropout else { return Dropout(inputRatio: job.inputDropoutRatio) }
    let defaultRatio = 0.5
    let ratios = job.isGiven(\.hiddenDropoutRatios) ? job.hiddenDropoutRatios : job.hidden.map { _ in defaultRatio }
    return Dropout(inputRatio: job.inputDropoutRatio, hiddenRatios: ratios)
  }

  private func warnings(
    _ response: Column?, layout: TableLayout?, options: LearningOptions, classCount: Int
  ) -> [String] {
    let facts = JobFacts(
      job: job, classCount: classCount,
      distribution: ObjectiveResolver.distribution(of: options.objective, classCount: classCount),
      isFold: job.weightsColumn == FoldAssignment.weightsColumn)
    var sentences = facts.inactiveKeys
    if job.miniBatchSize > 1, compatibility.has(.miniBatchesHaveOneRow) {
      sentences.append("mini_batch_size is 1 instead of \(job.miniBatchSize): H2O 3.46 supports no other value")
    }
    if job.updateRule == .adadelta, options.rules.arithmetic == .singlePrecision {
      if Float(job.rho) > ADADELTALimits.largestRho {
        sentences.append("rho \(job.rho.text) acts like 1: the running averages never decay")
      }
      if Float(job.epsilon) < ADADELTALimits.smallestEpsilon {
        sentences.append("epsilon \(job.epsilon.text) acts like \(ADADELTALimits.smallestEpsilon)")
      }
    }
    if let response, let sentence = ClassFactorAssignment.orderWarning(job.classSamplingFactors, response) {
      sentences.append(sentence)
    }
    sentences += orderWarnings
    let isDeclared = response.map { job.columnTypes[$0.name] != nil } ?? false
    if let response, let sentence = ManyClasses.warning(response, isDeclared: isDeclared, layout: layout) {
      sentences.append(sentence)
    }
    if let response, response.isNumeric, response.isZeroOne {
      sentences.append(
        "response '\(response.name)' has only the values 0 and 1 but is numeric, so this is a regression; for "
          + "classification set column_types: {\(response.name): enum}")
    }
    return sentences
  }

  private func resolved(
    _ options: LearningOptions, _ course: TrainingCourse, classCount: Int
  ) -> [(key: String, text: String)] {
    var values: [(key: String, text: String)] = []
    func note(_ key: ParameterKey, _ text: String) { values.append((ParameterCatalogue.shared.row(key).key, text)) }
    note(\.seed, options.seed.text)
    note(\.distribution, options.objective.distributionName(classCount: classCount))
    note(\.loss, options.objective.lossName)
    note(\.miniBatchSize, options.engine.rowsPerStep.text)
    note(\.trainingShards, course.shards.count.text)
    note(\.trainSamplesPerIteration, course.schedule.samplesPerIteration.text)
    note(\.shuffleTrainingData, course.schedule.shuffles.text)
    note(\.scoreEachIteration, (course.isReproducible || job.scoreEachIteration).text)
    note(\.reproducible, course.isReproducible.text)
    note(\.useAllFactorLevels, (job.useAllFactorLevels || job.autoencoder).text)
    let encoding = job.categoricalEncoding == .auto ? .oneHotInternal : job.categoricalEncoding
    note(\.categoricalEncoding, encoding.rawValue)
    if let ratios = options.dropout.hiddenRatios { note(\.hiddenDropoutRatios, ratios.text) }
    if Float(job.maxW2) == .infinity { note(\.maxW2, Double(options.penalty.maximumSquaredSum).text) }
    if job.stoppingMetric == .auto {
      let metric = StoppingMetric(.auto, isClassifier: classCount > 1, isAutoencoder: job.autoencoder)
      note(\.stoppingMetric, metric.rawValue)
    }
    return values
  }
}
