internal import Dispatch

/// A loop whose turns run at the same time, on threads of its own, so that Swift's cooperative pool stays free.
///
/// For turns of milliseconds and more; threads that meet several times per row are a ``NeuronTeam``.
package enum ParallelLoop {
  /// Calls `work` with 0..<count, each on another thread, and waits for all; the caller's thread takes the last.
  package static func run(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
    let group = DispatchGroup()
    for number in 0..<max(0, count - 1) {
      DispatchQueue(label: "deepspool.loop").async(group: group) { work(number) }
    }
    if count > 0 { work(count - 1) }
    group.wait()
  }
}
