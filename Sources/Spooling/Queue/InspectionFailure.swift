/// Why the look at a job ends early.
package enum InspectionFailure: Error, Sendable, Equatable {
  /// It is no job; in words for the one who dropped it.
  case unfit(reason: String)
  /// A file is in use by another program: another look may find it free.
  case inUse(reason: String)

  var finding: Inspection.Finding {
    switch self {
    case .unfit(let reason): .unfit(reason: reason)
    case .inUse(let reason): .inUse(reason: reason)
    }
  }
}
