import Foundation
import Jobs
import Training

/// Ranks that are threads of this process and move numbers by copying memory.
final class ThreadRanks: @unchecked Sendable {
  // A barrier separates every access to the pointers below.
  private var barrier = pthread_barrier_t()
  private var bytes: UnsafeMutableRawBufferPointer?
  private var blocks: [RankGroup.FloatBlocks?]
  private let count: Int
  /// The number of exchanges so far, which is that of averages; rank 0 counts them.
  private(set) var exchanges = 0
  /// The bytes that rank 0 has broadcast.
  private(set) var broadcastBytes = 0
  /// The bytes that rank 0 has sent to each rank in exchanges.
  private(set) var givenBytes: [Int]

  init(count: Int) {
    self.count = count
    blocks = Array(repeating: nil, count: count)
    givenBytes = Array(repeating: 0, count: count)
    pthread_barrier_init(&barrier, nil, UInt32(count))
  }

  deinit { pthread_barrier_destroy(&barrier) }

  private func wait() { pthread_barrier_wait(&barrier) }

  /// The group as one of its ranks sees it.
  func group(rank: Int) -> RankGroup {
    RankGroup(
      rank: rank, count: count,
      calls: .init(
        broadcast: { [self] own, _ in
          if rank == 0 {
            bytes = own
            broadcastBytes += own.count
          }
          wait()
          if rank > 0, let bytes { own.copyMemory(from: UnsafeRawBufferPointer(bytes)) }
          wait()
        },
        exchange: { [self] sent, received in
          blocks[rank] = sent
          if rank == 0 {
            exchanges += 1
            for (receiver, floats) in sent.counts.enumerated() {
              givenBytes[receiver] += floats * MemoryLayout<Float>.stride
            }
          }
          wait()
          var next = received.numbers
          for source in 0..<count {
            guard let other = blocks[source] else { continue }
            let start = other.counts[..<rank].reduce(0, +)
            precondition(received.counts[source] == other.counts[rank], "ranks disagree about a block")
            next.update(from: other.numbers + start, count: other.counts[rank])
            next += other.counts[rank]
          }
          wait()
        },
        gather: { [self] own in
          blocks[rank] = own
          wait()
          var start = 0
          for source in 0..<count {
            if source != rank, let other = blocks[source] {
              (own.numbers + start).update(from: other.numbers + start, count: own.counts[source])
            }
            start += own.counts[source]
          }
          wait()
        }))
  }

  /// Runs `body` as rank 0, with the other ranks on threads of their own.
  static func run<Result>(count: Int, _ body: (RankGroup) async throws -> Result) async throws -> Result {
    try await ThreadRanks(count: count).run(body)
  }

  func run<Result>(_ body: (RankGroup) async throws -> Result) async throws -> Result {
    let ranks = self
    let followers = DispatchGroup()
    for rank in 1..<max(1, count) {
      let thread = Thread {
        try? RankFollower(ranks.group(rank: rank), mailbox: RankModels().mailbox).run()
        followers.leave()
      }
      followers.enter()
      thread.start()
    }
    let leader = ranks.group(rank: 0)
    let result: Swift.Result<Result, any Error>
    do { result = .success(try await body(leader)) } catch { result = .failure(error) }
    leader.endOthers()
    return try result.get()
  }
}
