/// The reason for which ranks cannot train together.
package enum RankFault: Error, CustomStringConvertible {
  case unknownOrder
  /// The processors of two ranks have different vector instructions, which round differently.
  case differentProcessors(rank: Int, level: Int, expected: Int)

  package var description: String {
    switch self {
    case .unknownOrder:
      "rank 0 sent an order that this rank does not know; all ranks must run the same version of deepspool-mpi-worker"
    case .differentProcessors(let rank, let level, let expected):
      "rank \(rank) runs on a processor of level x86-64-v\(level), rank 0 on x86-64-v\(expected), which give different "
        + "last bits; with reproducible: true use hosts of one kind, or remove reproducible"
    }
  }
}
