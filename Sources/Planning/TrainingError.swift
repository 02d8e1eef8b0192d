package import Documents

/// Why a model cannot be trained.
package enum TrainingError: Error, Sendable {
  /// The parameters do not fit the data; one fault per key.
  case unfit([DocumentFault])
}

extension TrainingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unfit(let faults): faults.map(\.description).joined(separator: "\n")
    }
  }
}
