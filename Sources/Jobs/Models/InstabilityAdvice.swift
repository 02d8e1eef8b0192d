internal import JobFiles

/// Advice for an unstable training: settings that the job does not use yet.
struct InstabilityAdvice {
  /// The limit above which a penalty is more likely the cause than a remedy.
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
    let costs = ParameterCatalogue.shared.allRows.filter { $0.traits.contains(.penalty) }.map { row in
      (key: row.key, value: Double(job.text(of: row)) ?? 0)
    }
    let strong = costs.filter { $0.value > Self.strongPenalty }.map { "a smaller \($0.key) (it is \($0.value.text))" }
    let limit =
      Float(job.maxW2) >= .greatestFiniteMagnitude ? "max_w2: 10" : "a smaller max_w2 (it is \(job.maxW2.text))"
    let hint = "\(costs.map(\.key).joined(separator: " or ")): 1e-5"
    return strong + [limit] + (costs.allSatisfy { $0.value == 0 } ? [hint] : [])
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
