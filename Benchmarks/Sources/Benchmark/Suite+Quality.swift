import Foundation

/// The time that a training takes to reach a quality.
extension Suite {
  /// An update rule that converges in few epochs, and the initial weights of its network.
  private struct Learner {
    let name: String
    let settings: String
    let start: Start
  }

  private enum Start {
    /// The default of deepspool.
    case own
    /// Uniform weights within 0.05.
    case narrow
    /// The initial weights of PyTorch.
    case torch

    var name: String {
      switch self {
      case .own: "own start"
      case .narrow: "weights within 0.05"
      case .torch: "PyTorch's start"
      }
    }
  }

  /// torch_peer.py tries the same number; stochastic gradient descent is the same on both sides.
  private static let learners = [
    descent(batch: 64, rate: 0.05, annealing: "3e-5", .torch),
    descent(batch: 128, rate: 0.07, annealing: "3e-5", .torch),
    descent(batch: 256, rate: 0.1, annealing: "1e-5", .torch),
    descent(batch: 64, rate: 0.05, annealing: "3e-5", .narrow),
    adadelta(batch: 64, .torch), adadelta(batch: 64, .own),
  ]

  private static func descent(batch: Int, rate: Double, annealing: String, _ start: Start) -> Learner {
    let momentum = 0.9
    // A step is multiplied by 1 - momentum (h2o-behaviour.md#learning-rate-and-momentum).
    let settings = """
      mini_batch_size: \(batch)
      adaptive_rate: false
      rate: \(rate / (1 - momentum))
      rate_annealing: \(annealing)
      momentum_start: \(momentum)
      momentum_stable: \(momentum)

      """
    return Learner(name: "SGD \(rate), annealing \(annealing), batch \(batch)", settings: settings, start: start)
  }

  private static func adadelta(batch: Int, _ start: Start) -> Learner {
    Learner(
      name: "ADADELTA (rho 0.95, epsilon 3e-7), batch \(batch)",
      settings: "mini_batch_size: \(batch)\nrho: 0.95\nepsilon: 3e-7\n", start: start)
  }

  /// Measures the seconds of training until the test error is 3.0 %.
  func quality() throws {
    let seeds = 1...5
    report.heading("Time to 3.0 % test error (MNIST, 200-200, 2 threads, median of \(seeds.count) seeds)")
    report.note(
      """
      Both sides are scored after every epoch. SGD is the same on both sides: momentum 0.9 with Nesterov's
      look-ahead, rate / (1 + annealing x rows trained). "PyTorch's start": the initial weights of PyTorch
      (`initial_weights`).
      """)
    report.columns(["system", "epochs", "seconds"])
    var best = Double.infinity
    for learner in Self.learners {
      let times = try seeds.map { try timeToQuality(learner, seed: $0) }.sorted { $0.seconds < $1.seconds }
      let median = times[times.count / 2]
      report.row([
        "deepspool, \(learner.name), \(learner.start.name)", Report.figure(median.epochs),
        Report.figure(median.seconds),
      ])
      best = min(best, median.seconds)
    }
    guard workspace.hasPeers else { return }
    let peer = try workspace.peer("torch_peer.py", [workspace.tables, "2", "quality", String(seeds.count)])
    let peersBest = peer["seconds"] as? Double ?? .nan
    for (name, median) in (peer["by"] as? [String: [Double]] ?? [:]).sorted(by: { $0.value[1] < $1.value[1] }) {
      report.row(["PyTorch, \(name)", Report.figure(median[0]), Report.figure(median[1])])
    }
    report.note("Best PyTorch time to best deepspool time: \(Report.ratio(peersBest / best, atLeast: 1)).")
  }

  /// Returns the epochs that one run needs, and the seconds that another run without scoring takes for them.
  private func timeToQuality(_ learner: Learner, seed: Int) throws -> (epochs: Double, seconds: Double) {
    let start =
      switch learner.start {
      case .own: ""
      case .narrow: "initial_weight_distribution: Uniform\ninitial_weight_scale: 0.05\n"
      case .torch: try workspace.torchStart(layers: [717, 200, 200, 10], seed: seed)
      }
    let settings =
      "hidden: [200, 200]\nclassification_stop: -1\ntrain_samples_per_iteration: 0\n" + learner.settings + start
    let scored = try deepspool.train(settings + "epochs: 10\nscore_each_iteration: true\n", threads: 2, seed: seed)
    guard let epochs = scored.history.first(where: { $0.error <= 0.03 })?.epochs else { return (.infinity, .infinity) }
    let timed = try deepspool.train(settings + Self.quick + "epochs: \(epochs)\n", threads: 2, seed: seed)
    return (epochs, epochs * 60_000 / timed.samplesPerSecond)
  }
}
