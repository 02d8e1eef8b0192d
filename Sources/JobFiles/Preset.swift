/// The value of `preset`: a recipe that replaces the defaults of other keys.
package enum PresetChoice: String, ParameterChoice {
  case tabular
  case best
}

/// The values of presets.
package enum Preset {
  /// The kind of response, on which some values depend.
  package enum Response: Sendable {
    case classes
    case number
  }

  /// A value for a key.
  private typealias Setting = (key: String, value: any ParameterValue)

  private static func set<Value>(_ key: KeyPath<ParameterCatalogue, Parameter<Value>>, _ value: Value) -> Setting {
    (ParameterCatalogue.shared[keyPath: key].key, value)
  }

  /// Returns the values of a preset that suit the given keys of a job.
  ///
  /// `response`: Nil before the table is known; the values that depend on it are then left out.
  static func values(of preset: PresetChoice, for job: JobFile, response: Response?) -> [String: any ParameterValue] {
    switch preset {
    case .tabular:
      var settings = tabular
      if let response { settings += tabular(for: response, job) }
      // An own optimizer has neither the learning rates nor the input scales of the recipe.
      let followsOptimizer = !job.isGiven(\.optimizer) || job.optimizer == .adam
      let own = Set(optimizerSettings.map(\.key))
      if !followsOptimizer { settings.removeAll { own.contains($0.key) } }
      if job.elasticAveraging { settings.removeAll { $0.key == ParameterCatalogue.shared.inputScaling.key } }
      if job.validationFrame != nil || job.isCrossValidated {
        settings.removeAll { $0.key == ParameterCatalogue.shared.validationFraction.key }
      }
      return Dictionary(settings.map { ($0.key, $0.value) }) { _, last in last }
    case .best:
      return values(of: .tabular, for: job, response: response)
        .merging(searchSettings(for: job).map { ($0.key, $0.value) }) { _, last in last }
    }
  }

  /// Returns the values of a preset as text, for the reference page.
  static func text(_ preset: PresetChoice) -> String {
    let job = JobFile(file: "")
    let both = [Response.classes, .number].map { values(of: preset, for: job, response: $0).mapValues(\.text) }
    return ParameterCatalogue.shared.allRows.compactMap { row in
      guard let classes = both[0][row.key] ?? both[1][row.key] else { return nil }
      let number = both[1][row.key]
      if both[0][row.key] == number { return "\(row.key): \(classes)" }
      return number.map { "\(row.key): \(classes) (regression: \($0))" } ?? "\(row.key): \(classes) (classification)"
    }.joined(separator: ", ")
  }

  // MARK: best

  /// The time of a search whose job gives no limit, in seconds.
  private static let searchSeconds = 60.0
  /// The largest number of networks in the result of a search.
  private static let networks = 8

  private static func searchSettings(for job: JobFile) -> [Setting] {
    let limit = job.maxRuntimeSecs > 0 ? job.maxRuntimeSecs : searchSeconds
    return [
      set(\.gridStrategy, .successiveHalving), set(\.gridEnsemble, networks), set(\.gridParallelism, .automatic),
    ] + (job.limitsSearch ? [set(\.gridMaxRuntimeSecs, limit)] : [])
  }

  /// Returns the parameters that the search varies, without those that the job gives.
  ///
  /// The first value of each is that of the recipe, with which the search begins.
  static func search(for job: JobFile, response: Response?) -> [HyperParameter] {
    let rate = response == .number ? numberRate : classRate
    let activations: [ActivationChoice] =
      response == .number ? [.mish, .selu, .rectifier] : [.selu, .mish, .rectifier]
    func list<Value: ParameterValue>(
      _ key: KeyPath<ParameterCatalogue, Parameter<Value>>, _ values: [Value]
    ) -> HyperParameter {
      parameter(ParameterCatalogue.shared[keyPath: key], values, nil, job)
    }
    func range(_ key: KeyPath<ParameterCatalogue, Parameter<Double>>, _ range: NumberRange, first: Double)
      -> HyperParameter
    {
      var range = range
      range.first = first
      return parameter(ParameterCatalogue.shared[keyPath: key], [range.from, range.to], range, job)
    }
    var dimensions = [
      list(\.hidden, [[256, 256, 256], [128, 128], [512], [64, 64, 64], [256, 256], [512, 128]]),
      list(\.activation, activations),
      list(\.miniBatchSize, [256, 128, 512]),
      list(\.inputDropoutRatio, [0, 0.05, 0.15]),
      list(\.l2, [0, 0.001, 0.01, 0.05]),
    ]
    // An own optimizer may have neither a rate nor a schedule.
    if !job.isGiven(\.optimizer) || job.optimizer == .adam {
      dimensions.append(
        range(\.rate, NumberRange(from: rate / 8, to: rate * 3, isLogarithmic: true), first: rate))
    }
    if response == .classes, [.automatic, .crossEntropy].contains(job.loss) {
      dimensions.append(list(\.labelSmoothing, [smoothing, 0]))
    }
    return dimensions.filter { !job.isGiven($0.row) }
  }

  private static func parameter(
    _ row: any ParameterRow, _ values: [any ParameterValue], _ range: NumberRange?, _ job: JobFile
  ) -> HyperParameter {
    var parameter = HyperParameter(row: row, values: values, range: range, location: job.location(of: \.preset))
    parameter.isFromPreset = true
    return parameter
  }

  // MARK: tabular

  /// RealMLP-TD-S (Holzmüller, Grinsztajn and Steinwart 2024, arXiv 2407.04491), with half of its epochs.
  ///
  /// On half of the tables of docs/development/Quality.md, 64, 128 and 256 epochs made nearly the same errors.
  private static let tabular: [Setting] =
    [
      set(\.hidden, [256, 256, 256]), set(\.numericTransform, .robustClip), set(\.zeroInitialOutput, true),
      set(\.miniBatchSize, 256), set(\.epochs, 128), set(\.trainSamplesPerIteration, 0),
      set(\.validationFraction, 0.2), set(\.scoreEachIteration, true), set(\.scoreTrainingSamples, 1000),
      set(\.stoppingRounds, 0), set(\.bestModelTies, .last), set(\.temperatureScaling, true),
    ] + optimizerSettings

  private static let optimizerSettings: [Setting] = [
    set(\.optimizer, .adam), set(\.beta2, 0.95), set(\.rateSchedule, .cosLog4), set(\.biasRateFactor, 0.1),
    set(\.scalingRateFactor, 6), set(\.parametrization, .neuralTangent), set(\.inputScaling, true),
    set(\.rate, classRate),
  ]

  private static let (classRate, numberRate) = (0.04, 0.07)
  private static let smoothing = 0.1
  /// The training error at which training stops, which no error reaches: models improve after the first row without one.
  private static let neverStops = -1.0
  /// The threshold of the most probable class, which makes the fewest errors if probabilities are calibrated.
  private static let evenThreshold = 0.5

  private static func tabular(for response: Response, _ job: JobFile) -> [Setting] {
    switch response {
    case .classes:
      let isSmooth = [.automatic, .crossEntropy].contains(job.loss)
      return [
        set(\.activation, .selu), set(\.rate, classRate), set(\.stoppingMetric, .misclassification),
        set(\.classificationStop, neverStops),
        set(\.labelThreshold, .probability(evenThreshold)),
      ] + (isSmooth ? [set(\.labelSmoothing, smoothing)] : [])
    case .number:
      return [
        set(\.activation, .mish), set(\.rate, numberRate), set(\.stoppingMetric, .rmse),
        set(\.regressionStop, neverStops),
        set(\.temperatureScaling, false),
      ]
    }
  }
}
