internal import DurableFiles
internal import Spooling

/// The job that a `rerun` order creates.
enum RepeatedJob {
  /// The number of looks, and the pause before each but the first.
  private static let (looks, pause) = (50, Duration.milliseconds(20))

  /// Returns the identifier of the new job, which the daemon accepts soon after it has obeyed the order.
  ///
  /// - Parameters:
  ///   - id: The job whose file was submitted again.
  ///   - highestNumber: The highest number of a job before the order.
  ///   - lookup: The spool.
  /// - Returns: Nil if the new job does not appear within a second.
  static func find(of id: JobIdentifier, above highestNumber: Int, _ lookup: JobLookup) async -> JobIdentifier? {
    for look in 0..<looks {
      if look > 0 { try? await Task.sleep(for: pause) }
      guard let listing = try? lookup.listing() else { return nil }
      let found = listing.jobs.lazy.flatMap { state, ids in
        ids.lazy.filter { $0.number > highestNumber && $0.name == id.name && isRepeated($0, state, lookup) }
      }.first
      if let found { return found }
    }
    return nil
  }

  /// Returns whether a job comes from an order of this user.
  private static func isRepeated(_ id: JobIdentifier, _ state: JobState, _ lookup: JobLookup) -> Bool {
    lookup.directory.recordedOrders(in: lookup.layout.folder(id, in: state)).first.map {
      $0.text.hasPrefix(SpoolOrder.rerun.rawValue) && $0.giver.userID == UserAccess.ownUserID
    } ?? false
  }
}
