internal import CMPI
internal import Glibc
package import Training

/// The ranks that a launcher of MPI (mpirun, srun) has started.
package enum MPIRanks {
  /// Rank 0 gives up first, so that it can tell its supervisor before the others end it.
  private static let patienceOfOthers = 1.5

  /// A failure to connect with the other ranks.
  package struct StartFault: Error, CustomStringConvertible {
    package let description = "cannot connect with the other ranks: MPI has not started, or supports one thread only"
  }

  /// Connects this process with the others; call it once.
  ///
  /// - `limitSeconds`: The longest time that a rank waits for the others within a step; then it ends all. A host that is
  ///   cut off would otherwise keep the rest waiting until TCP gives up, which takes many minutes.
  /// - `onLoss`: Called when other ranks do not answer; must end this process.
  /// - Throws: ``StartFault`` if this process was not started by a launcher that MPI understands.
  package static func start(
    limitSeconds: Double, onLoss: @escaping @Sendable (_ reason: String) -> Never
  ) throws(StartFault) -> RankGroup {
    var (rank, count) = (Int32(0), Int32(0))
    guard cmpi_start(&rank, &count) == CMPI_DONE else { throw StartFault() }
    let limitSeconds = rank == 0 ? limitSeconds : limitSeconds * patienceOfOthers
    let check: @Sendable (Int32) -> Void = { result in
      if let reason = reason(result, after: limitSeconds) { onLoss(reason) }
    }
    return RankGroup(
      rank: Int(rank), count: Int(count),
      calls: .init(
        broadcast: { bytes, isIdle in
          check(cmpi_broadcast(bytes.baseAddress, bytes.count, isIdle ? 0 : limitSeconds))
        },
        exchange: { sent, received in
          check(
            cmpi_exchange(sent.numbers, sent.counts, received.numbers, received.counts, limitSeconds))
        },
        gather: { blocks in check(cmpi_gather(blocks.numbers, blocks.counts, limitSeconds)) }))
  }

  /// Disconnects this process; all ranks must call it.
  package static func end() { cmpi_end() }

  /// Prints a reason and ends all ranks with a status.
  package static func abort(_ reason: String, status: Int32) -> Never {
    let line = Array("deepspool-mpi-worker: \(reason)\n".utf8)
    _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    cmpi_abort(status)
    _exit(status)
  }

  /// Returns the reason for which a call has not succeeded; nil if it has.
  private static func reason(_ result: Int32, after seconds: Double) -> String? {
    switch Int(result) {
    case CMPI_DONE: nil
    case CMPI_LATE:
      "other ranks did not answer within \(Int(seconds)) s; their host may be cut off; ending all ranks"
    default: "MPI cannot reach the other ranks; ending all of them"
    }
  }
}
