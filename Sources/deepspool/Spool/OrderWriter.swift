internal import DurableFiles
internal import Glibc
internal import JobFiles
internal import Spooling

/// Writes the files of an order for the jobs of a spool, as far as the caller may give it.
struct OrderWriter {
  /// The daemon must be able to read the order, whatever the umask of the caller.
  private static let mode: UInt32 = 0o644

  private let order: SpoolOrder
  private let priority: Int?
  private let lookup: JobLookup
  private let fileSystem: FileSystem
  private let listing: SpoolListing
  private let rejected: RejectedFiles
  /// The group whose members may give orders for every job; nil for none.
  private let operators: String?
  private let caller: OrderGiver

  /// Looks at the spool, and sets the umask of the process to that of order files.
  ///
  /// - Parameters:
  ///   - order: The order.
  ///   - priority: The number of a `priority` order.
  ///   - lookup: The spool.
  ///   - fileSystem: Where the files are written.
  /// - Throws: As ``JobLookup/listing()``.
  init(_ order: SpoolOrder, priority: Int?, _ lookup: JobLookup, _ fileSystem: FileSystem) throws {
    self.order = order
    self.priority = priority
    self.lookup = lookup
    self.fileSystem = fileSystem
    listing = try lookup.listing()
    rejected = lookup.rejected(in: listing)
    operators = QueueLimits.read(lookup.layout, fileSystem)?.operators
    caller = OrderGiver(
      userID: UserAccess.ownUserID, serviceID: lookup.directory.serviceID, operators: operators)
    umask(~Self.mode & 0o777)
  }

  /// An order that was not given to a job.
  struct Refusal: Error {
    let id: JobIdentifier
    let failure: CommandFailure
  }

  /// Writes the order for the job that a text means.
  ///
  /// - Throws: ``Refusal`` if the job is known, ``CommandFailure`` if it is not.
  func drop(_ text: String) throws -> DroppedOrder {
    let job = try find(text)
    do {
      let isEntitled = try check(job)
      let (directory, layout) = (lookup.directory, lookup.layout)
      let folder = job.state.map { layout.folder(job.id, in: $0) }
      // Counted before the order is given: the daemon may obey at once.
      let earlierOrders = folder.map { directory.recordedOrders(in: $0).count } ?? 0
      let earlierPriority =
        order == .priority ? JobReport(job, layout: layout, fileSystem: fileSystem).place?.priority : nil
      return DroppedOrder(
        job: job, path: try write(job.id), earlierPriority: earlierPriority, earlierOrders: earlierOrders,
        highestNumber: listing.highestNumber, isByEntitled: isEntitled)
    } catch {
      throw Refusal(id: job.id, failure: CommandFailure(error))
    }
  }

  /// Returns the job or rejected file that a text means, if the order applies to it.
  private func find(_ text: String) throws -> SpoolJob {
    // A file that is not accepted yet may be what the caller means.
    func early() -> CommandFailure? {
      lookup.ownIncoming(text).map { file in
        CommandFailure(
          .badData, "'\(file.label)' is not accepted yet and cannot be \(order.participle); repeat the order once it is"
        )
      }
    }
    let job: SpoolJob
    do throws(CommandFailure) {
      job = try lookup.find(text, in: listing, rejected: rejected, for: .order(order))
    } catch {
      throw early() ?? error
    }
    guard job.state.map(order.applies) ?? (order == .remove) else {
      let standing = job.state.map { "is \($0.rawValue)" } ?? "was rejected"
      throw Refusal(
        id: job.id,
        failure: early() ?? CommandFailure(.badData, "\(job.id) \(standing) and cannot be \(order.participle)"))
    }
    return job
  }

  /// Checks that the caller may give orders to a job; the daemon decides in any case.
  ///
  /// - Returns: Whether the caller is known to be entitled; others' private jobs hide their submitters.
  private func check(_ job: SpoolJob) throws -> Bool {
    guard !caller.isOperator else { return true }
    guard let submitter = JobReport.user(job, lookup.directory) else { return false }
    guard !caller.owns(submitter.userID) else { return true }
    throw CommandFailure(
      .cannotWrite,
      "\(job.id) was submitted by \(submitter.title) and cannot be \(order.participle) by you; only its submitter"
        + (operators.map { ", root and members of the group '\($0)'" } ?? " and root") + " may give it orders")
  }

  /// Writes the file of an order and returns its path.
  private func write(_ id: JobIdentifier) throws(FileSystemError) -> String {
    func write(_ name: String) throws(FileSystemError) -> String {
      let path = "\(lookup.layout.orders(order))/\(name)"
      let content = priority.map { "\($0)\n" } ?? ""
      try fileSystem.write(content.utf8, to: path, mode: Self.mode, syncsFolder: false)
      return path
    }
    do throws(FileSystemError) {
      return try write("\(id)")
    } catch {
      guard error.isOfRename else { throw error }
      // Another user has taken the name, which must not prevent the order.
      return try write(OrderName.unique(id, FileSystem.randomText()))
    }
  }
}
