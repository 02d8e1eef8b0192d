/// Why a training does not start from new weights.
package enum Resumption: String, Sendable, Codable {
  /// Its process was interrupted; it resumes from its checkpoint.
  case interruption
  /// A search that stops bad models early trains this one further.
  case promotion
  /// The job continues the model of an earlier job.
  case earlierModel = "earlier_model"

  /// A sentence for people.
  ///
  /// `samples`: The number of rows trained so far.
  package func sentence(samples: Int) -> String {
    switch self {
    case .interruption: "resuming from its checkpoint after \(samples) rows"
    case .promotion: "promoted by the search; training continues after \(samples) rows"
    case .earlierModel: "continuing the earlier model after \(samples) rows"
    }
  }
}
