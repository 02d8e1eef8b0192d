internal import Dispatch

/// A parallel loop on its own threads, which keeps Swift's cooperative pool free.
///
/// For iterations of at least milliseconds; ``NeuronTeam`` serves threads that synchronise several times per row.
package enum ParallelLoop {
  /// Calls `work` with 0..<count in parallel and waits for all calls; the calling thread runs the last one.
  package static func run(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
    let group = DispatchGroup()
    for number in 0..<max(0, count - 1) {
      DispatchQueue(label: "deepspool.loop").async(group: group) { work(number) }
    }
    if count > 0 { work(count - 1) }
    group.wait()
  }
}
