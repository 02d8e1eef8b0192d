internal import DeepLearning
internal import JobFiles
internal import Training

/// The update rule of a job.
extension TrainingPlanner {
  /// Returns the rule that turns gradients into steps.
  ///
  /// `rows`: The rows that this job trains, over which the learning rate takes its course.
  func updateRule(over rows: Range<Int>) -> UpdateRule {
    switch job.updateRule {
    case .auto, .adadelta: return .adadelta(rho: job.rho, epsilon: job.epsilon)
    case .adam:
      return .adam(
        rateSchedule(over: rows), AdamMoments(beta1: job.beta1, beta2: job.beta2, epsilon: job.epsilon),
        RateGroups(
          weightsByFanIn: job.parametrization == .neuralTangent, biases: job.biasRateFactor,
          inputScales: job.scalingRateFactor))
    case .momentum:
      // A ramp of 0 rows ends at once.
      let skipsRamp = job.momentumRamp == 0 && !compatibility.has(.momentumNeverRamps)
      return .momentum(
        rateSchedule(over: rows),
        MomentumSchedule(
          start: skipsRamp ? job.momentumStable : job.momentumStart, stable: job.momentumStable,
          ramp: job.momentumRamp, isNesterov: job.nesterovAcceleratedGradient))
    }
  }

  /// The weights at the start.
  func initialWeights(seed: Int) -> InitialWeights {
    InitialWeights(
      distribution: job.replacesInitialWeights
        ? .neuralTangent : InitialWeights.Distribution(job.initialWeightDistribution),
      scale: job.initialWeightScale, seed: seed, outputIsZero: job.zeroInitialOutput, scalesInputs: job.inputScaling)
  }

  private func rateSchedule(over rows: Range<Int>) -> RateSchedule {
    let curve: RateCurve? =
      switch job.rateSchedule {
      case .annealing, .constant: nil
      case .cosine: RateCurve(.cosine, samples: rows)
      case .cosLog4: RateCurve(.cycles(RateScheduleChoice.cycles), samples: rows)
      }
    return RateSchedule(
      start: job.rate, annealing: job.rateSchedule == .annealing ? job.rateAnnealing : 0,
      decayPerLayer: job.rateDecay, curve: curve)
  }
}
