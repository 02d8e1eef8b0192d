/// Threads of one rank that are reserved for a model.
struct RankPlace: Sendable {
  fileprivate let number: Int
  let rank: Int
  fileprivate let threads: Int
}

/// The free threads of all ranks, and the models that wait for some.
struct RankPlaces {
  /// A model that waits.
  private struct Waiter {
    let threads: Int
    let onlyHere: Bool
    let resume: @Sendable (RankPlace) -> Void
  }

  /// The threads of each rank.
  private let threads: Int
  /// The free threads, by rank.
  private var free: [Int]
  private var taken: [Int: RankPlace] = [:]
  private var nextNumber = 0
  private var waiters: [Waiter] = []

  init(rankCount: Int, threads: Int) {
    self.threads = threads
    free = Array(repeating: threads, count: rankCount)
  }

  /// Reserves a place, now or later.
  ///
  /// - Parameters:
  ///   - wanted: The threads of the model; at most those of a rank count.
  ///   - onlyHere: Whether the place must be on rank 0.
  ///   - resume: Called when there is a place, unless there is one now.
  /// - Returns: The place, if there is one now.
  mutating func take(
    _ wanted: Int, onlyHere: Bool, resume: @escaping @Sendable (RankPlace) -> Void
  ) -> RankPlace? {
    let waiter = Waiter(threads: max(1, min(wanted, threads)), onlyHere: onlyHere, resume: resume)
    if let place = place(for: waiter) { return place }
    waiters.append(waiter)
    return nil
  }

  /// Frees a place, if it is taken; returns the calls that resume models which have waited longest.
  mutating func giveBack(_ place: RankPlace) -> [@Sendable () -> Void] {
    guard taken.removeValue(forKey: place.number) != nil else { return [] }
    free[place.rank] += place.threads
    var resumed: [@Sendable () -> Void] = []
    var waiting: [Waiter] = []
    for waiter in waiters {
      if let place = self.place(for: waiter) {
        resumed.append { waiter.resume(place) }
      } else {
        waiting.append(waiter)
      }
    }
    waiters = waiting
    return resumed
  }

  /// Reserves threads of the rank that has most; among equals of the last, because rank 0 has other work too.
  private mutating func place(for waiter: Waiter) -> RankPlace? {
    let ranks = waiter.onlyHere ? 0..<1 : free.indices
    guard let rank = ranks.max(by: { (free[$0], $0) < (free[$1], $1) }), free[rank] >= waiter.threads else {
      return nil
    }
    free[rank] -= waiter.threads
    nextNumber += 1
    let place = RankPlace(number: nextNumber, rank: rank, threads: waiter.threads)
    taken[place.number] = place
    return place
  }
}
