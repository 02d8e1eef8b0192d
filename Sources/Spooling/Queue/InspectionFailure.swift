/// The reason for which an inspection ends early.
package enum InspectionFailure: Error, Sendable, Equatable {
  /// The job is invalid; the reason is for the person who dropped it.
  case unfit(reason: String)
  /// A file is in use by another program; a later inspection may succeed.
  case inUse(reason: String)
  /// The dropped file has other names (hard links), which may soon go.
  case linked(reason: String)

  package var finding: Inspection.Finding {
    switch self {
    case .unfit(let reason): .unfit(reason: reason)
    case .inUse(let reason): .inUse(reason: reason)
    case .linked(let reason): .linked(reason: reason)
    }
  }
}
