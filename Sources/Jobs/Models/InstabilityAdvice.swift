internal import JobFiles

/// Advice for an unstable training: settings that the job does not use yet.
struct InstabilityAdvice {
  /// The limit above which l1 or l2 is more likely the cause than a remedy.
  private static let strongPenalty = 1e-3

  private let job: JobFile

  init(_ job: JobFile) { self.job = job }

  /// The advice as a sentence.
  var text: String {
    let settings = rates + penalties + others
    guard let last = settings.last else { return "Try a smaller network" }
    return "Try " + settings.dropLast().map { "\($0), " }.joined() + (settings.count > 1 ? "or " : "") + last
  }

  private var rates: [String] {
    switch job.updateRule {
    case .auto, .adadelta: []
    case .momentum: ["a smaller rate (it is \(job.rate.text))", "adaptive_rate: true"]
    case .adam: ["a smaller rate (it is \(job.rate.text))"]
    }
  }

  private var penalties: [String] {
    let given = [("l1", job.l1), ("l2", job.l2)]
    let strong = given.filter { $0.1 > Self.strongPenalty }.map { "a smaller \($0.0) (it is \($0.1.text))" }
    let limit =
      Float(job.maxW2) >= .greatestFiniteMagnitude ? "max_w2: 10" : "a smaller max_w2 (it is \(job.maxW2.text))"
    return strong + [limit] + (given.allSatisfy { $0.1 == 0 } ? ["l1 or l2: 1e-5"] : [])
  }

  private var others: [String] {
    var settings: [String] = []
    if !job.standardize { settings.append("standardize: true") }
    switch job.activation {
    case .rectifier, .maxout, .expRectifier, .selu, .mish: settings.append("activation: Tanh")
    case .rectifierWithDropout, .maxoutWithDropout, .expRectifierWithDropout, .seluWithDropout, .mishWithDropout:
      settings.append("activation: TanhWithDropout")
    case .tanh, .tanhWithDropout: break
    }
    if job.initialWeightDistribution != .uniformAdaptive {
      settings.append("initial_weight_distribution: UniformAdaptive")
    }
    return settings
  }
}
