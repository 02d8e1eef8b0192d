import Dispatch
import Glibc
import Supervision
import Testing

@Suite("The priority of threads")
struct ThreadPriorityTests {
  @Test(
    "threads of libdispatch keep the nice value of the process", arguments: [DispatchQoS.background, .userInitiated])
  func niceValues(_ quality: DispatchQoS) async {
    // A service may not raise the priority of its threads; each attempt writes a line to the journal.
    let own = getpriority(Int32(PRIO_PROCESS.rawValue), 0)
    let ofThread = await withCheckedContinuation { continuation in
      DispatchQueue(label: "priority", qos: quality).async {
        continuation.resume(returning: getpriority(Int32(PRIO_PROCESS.rawValue), 0))
      }
    }
    #expect(ofThread == own)
  }
}
