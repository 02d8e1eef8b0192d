package import JobFiles

/// Why a model cannot be trained, or why training ended badly.
package enum TrainingError: Error, Sendable {
  /// The parameters do not fit the data; one fault per key.
  case unfit([JobFileFault])
  /// Weights or biases have grown beyond use.
  case unstable(epoch: Double, layer: Int?)
}

extension TrainingError {
  /// Whether the job file or its data are at fault, as opposed to the course of training.
  package var isOfTheJob: Bool {
    switch self {
    case .unfit: true
    case .unstable: false
    }
  }
}

extension TrainingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unfit(let faults): faults.map(\.description).joined(separator: "\n")
    case .unstable(let epoch, let layer):
      "training became unstable in epoch \(Int(epoch) + 1)"
        + (layer.map { ", layer \($0 + 1)" } ?? "")
        + ": weights grew without bound. Try a smaller rate or adaptive_rate, max_w2: 10, l1 or l2: 1e-5, "
        + "activation: Tanh, or initial_weight_distribution: UniformAdaptive"
    }
  }
}
