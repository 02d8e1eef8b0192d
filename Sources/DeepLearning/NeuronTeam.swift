internal import CKernels

/// A team of threads that share the neurons of a layer, row by row.
///
/// The network does not depend on the number of threads, bit for bit: sums run over slices that depend on
/// the layer alone and are added in a fixed order, and every other number is computed in the same way
/// wherever the work is cut. Measurements: docs/decisions/0007.
///
/// Not Sendable: only the training thread uses it.
final class NeuronTeam {
  /// The number of weights below which sharing a layer costs more than it
  /// saves; synchronising takes a fraction of 1 us.
  private static let smallestSharedWork = 8192

  private let team: OpaquePointer
  private var trial: TeamTrial

  /// Starts the threads; nil for one thread, or if no further thread can be created.
  ///
  /// `rowsPerStep`: The mini-batch size.
  init?(threads: Int, rowsPerStep: Int = 1) {
    guard let team = ck_team_create(threads) else { return nil }
    self.team = team
    trial = TeamTrial(rowsPerStep: rowsPerStep)
  }

  deinit { ck_team_destroy(team) }

  /// Returns the team if the layer is large enough to share, otherwise nil.
  func handle(for pass: LayerPass) -> OpaquePointer? { Self.isShared(pass) ? team : nil }

  /// Returns whether a layer is large enough for a team.
  static func isShared(_ pass: LayerPass) -> Bool { pass.rows * pass.inputs >= smallestSharedWork }

  /// The team, for work of any size.
  var handle: OpaquePointer { team }

  /// Prepares for a row, or a batch of `rows`: suspends the team while its leader is faster alone.
  func begin(rows: Int = 1) {
    let wasAlone = trial.isAlone
    trial.advance(by: rows) { ck_nanoseconds() }
    if trial.isAlone != wasAlone { ck_team_dismiss(team, trial.isAlone ? 1 : 0) }
  }

  /// The number of threads, the caller's included.
  var threads: Int { ck_team_threads(team) }
}
