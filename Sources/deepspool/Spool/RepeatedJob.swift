internal import DurableFiles
internal import Spooling

/// The job that a `rerun` order creates.
enum RepeatedJob {
  /// The number of looks, and the pause before each but the first.
  private static let (looks, pause) = (50, Duration.milliseconds(20))

  /// Returns the new job, which the daemon accepts or rejects soon after it has obeyed the order.
  ///
  /// - Parameters:
  ///   - id: The job whose file was submitted again.
  ///   - highestNumber: The highest number of a job before the order.
  ///   - known: New jobs that belong to other orders.
  ///   - lookup: The spool.
  /// - Returns: Nil if the new job does not appear within a second.
  static func find(
    of id: JobIdentifier, above highestNumber: Int, except known: Set<JobIdentifier>, _ lookup: JobLookup
  ) async -> SpoolJob? {
    for look in 0..<looks {
      if look > 0 { try? await Task.sleep(for: pause) }
      guard let listing = try? lookup.listing() else { return nil }
      // Orders are obeyed in the order in which they were given.
      let candidates = lookup.jobs(in: listing).filter { job in
        job.id.number > highestNumber && job.id.name == id.name && !known.contains(job.id)
      }
      if let found = candidates.sorted(by: { $0.id < $1.id }).first(where: { isRepeated($0, lookup) }) { return found }
    }
    return nil
  }

  /// Returns whether a job comes from an order of this user; a rejected file has no record of it.
  private static func isRepeated(_ job: SpoolJob, _ lookup: JobLookup) -> Bool {
    guard let state = job.state else {
      return JobReport.user(job, lookup.directory)?.userID == UserAccess.ownUserID
    }
    let orders = lookup.directory.recordedOrders(in: lookup.layout.folder(job.id, in: state))
    return orders.first.map {
      $0.text.hasPrefix(SpoolOrder.rerun.rawValue) && $0.giver.userID == UserAccess.ownUserID
    } ?? false
  }
}
