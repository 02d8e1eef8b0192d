package import Documents

/// A reason why a model cannot be trained.
package enum TrainingError: Error, Sendable {
  /// The parameters do not match the data; one fault per key.
  case unfit([DocumentFault])

  /// The faults, each with its place in the job file.
  package var faults: [DocumentFault] {
    switch self {
    case .unfit(let faults): faults
    }
  }
}

extension TrainingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unfit(let faults): faults.map(\.description).joined(separator: "\n")
    }
  }
}
