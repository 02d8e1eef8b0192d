internal import CKernels

/// Threads that share the neurons of a layer, row by row.
///
/// A network comes out the same, bit for bit, for every number of threads: slices over which is summed depend on the layer
/// alone and are added up in a fixed order; every other number is computed in the same way wherever work is cut.
/// Measurements: docs/decisions/0007.
///
/// Not Sendable: used by the thread that trains.
final class NeuronTeam {
  /// Weights below which sharing a layer costs more than it saves: threads need a fraction of a microsecond to meet.
  private static let smallestSharedWork = 8192

  private let team: OpaquePointer
  private var trial: TeamTrial

  /// Nil for one thread, and where the system gives no further thread.
  ///
  /// `rowsPerStep`: Rows of a mini-batch.
  init?(threads: Int, rowsPerStep: Int = 1) {
    guard let team = ck_team_create(threads) else { return nil }
    self.team = team
    trial = TeamTrial(rowsPerStep: rowsPerStep)
  }

  deinit { ck_team_destroy(team) }

  /// The threads that work on a layer together; nil if its work is too small to be shared.
  func handle(for pass: LayerPass) -> OpaquePointer? { Self.isShared(pass) ? team : nil }

  /// Whether a team, if there is one, works on a layer.
  static func isShared(_ pass: LayerPass) -> Bool { pass.rows * pass.inputs >= smallestSharedWork }

  /// The threads, for work of any size.
  var handle: OpaquePointer { team }

  /// To be called before each row, or each batch of `rows`: dismisses the team while its leader is faster alone.
  func begin(rows: Int = 1) {
    let wasAlone = trial.isAlone
    trial.advance(by: rows) { ck_nanoseconds() }
    if trial.isAlone != wasAlone { ck_team_dismiss(team, trial.isAlone ? 1 : 0) }
  }

  /// How many they are, the caller's included.
  var threads: Int { ck_team_threads(team) }
}
