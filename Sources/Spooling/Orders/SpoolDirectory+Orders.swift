internal import Documents
internal import DurableFiles
internal import JobFiles

/// The files of orders, and the traces that orders leave in the folders of jobs.
extension SpoolDirectory {
  private static let maximumOrderBytes = 64
  private static let maximumRecordBytes = 1 << 16
  /// The time after which an empty order counts as complete.
  private static let writingSeconds = 2.0

  // MARK: Orders

  /// Reads an order; its owner is judged on the open file.
  ///
  /// `nowSeconds`: Seconds since 1970.
  ///
  /// - Returns: The order, and the version of its file that was read; nil if the file cannot be reached.
  func readOrder(_ key: GivenOrder.Key, nowSeconds: Double) -> (order: OrderFile, version: OrderFile.Version?) {
    guard let found = try? fileSystem.status(orderPath(key)) else {
      // Invalid UTF-8 in a name was replaced by U+FFFD when the folder was read, so the path cannot be used.
      return (key.name.unicodeScalars.contains("\u{FFFD}") ? .unspellable : .gone, nil)
    }
    return (read(key, found, nowSeconds: nowSeconds), OrderFile.Version(found))
  }

  private func read(_ key: GivenOrder.Key, _ found: FileSystem.Status, nowSeconds: Double) -> OrderFile {
    switch found.kind {
    case .file: break
    case .folder: return .odd(reason: "it is a folder; an order is a file")
    case .link: return .odd(reason: "it is a symbolic link; an order is a file")
    case .other: return .odd(reason: "it is a pipe, socket or device; an order is a file")
    }
    // Orders without a number may be unreadable.
    let file = try? OpenedFile(orderPath(key))
    let status = file?.status ?? found
    guard status.linkCount <= 1 else {
      return .odd(
        reason: "the file has \(status.linkCount) names (hard links), so its owner may not have given the order")
    }
    guard key.order == .priority else {
      return .order(ownerID: status.ownerID, priority: nil, seconds: status.changedSeconds)
    }
    guard let text = file.flatMap({ try? $0.read(first: Self.maximumOrderBytes) }) else {
      return .invalid(
        ownerID: status.ownerID, reason: "the number in the file cannot be read; make it readable (chmod a+r)")
    }
    let number = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    if number.isEmpty, nowSeconds - status.modifiedSeconds < Self.writingSeconds { return .unfinished }
    guard number.count == 1, let value = Int(number[0]), JobFile.priorities.contains(value) else {
      let range = JobFile.priorities
      return .invalid(
        ownerID: status.ownerID,
        reason: "the file must hold the new priority, a number between \(range.lowerBound) and \(range.upperBound)")
    }
    return .order(ownerID: status.ownerID, priority: value, seconds: status.changedSeconds)
  }

  func orderPath(_ key: GivenOrder.Key) -> String { "\(layout.orders(key.order))/\(key.name)" }

  /// Removes the file of an order, but not a later order that has replaced it.
  ///
  /// The file is moved aside first, so that no file can take its place unnoticed.
  ///
  /// - Returns: False if the file is another one than `version`; it stays.
  func removeOrder(_ key: GivenOrder.Key, _ version: OrderFile.Version?) throws(FileSystemError) -> Bool {
    let path = orderPath(key)
    func isSame(_ path: String) -> Bool {
      guard let version, let status = try? fileSystem.status(path) else { return true }
      return OrderFile.Version(status) == version
    }
    guard isSame(path) else { return false }
    let taken = "\(layout.takenOrders)/\(FileSystem.randomText())"
    do throws(FileSystemError) {
      try fileSystem.rename(path, to: taken)
    } catch {
      if error.isNotFound { return true }
      // An administrator may have mounted something there.
      guard error.isOtherFileSystem else { throw error }
      try fileSystem.remove(path)
      return true
    }
    let isRead = isSame(taken)
    do throws(FileSystemError) {
      if isRead { try fileSystem.remove(taken) } else { try fileSystem.renameWithoutReplacing(taken, to: path) }
    } catch {
      // A file that stays aside is removed at the next start: either it was carried out, or a later order has its place.
      guard isRead || error.exists else { throw error }
    }
    return isRead
  }

  /// Removes the files of orders that were left aside.
  func removeTakenOrders() throws(FileSystemError) {
    for name in try fileSystem.list(layout.takenOrders) { try fileSystem.remove("\(layout.takenOrders)/\(name)") }
  }

  /// Removes something from `control`, whoever made it.
  ///
  /// Folders of other users are never entered: a folder with content gets a hidden name instead.
  ///
  /// - Returns: False if an order has replaced it, which stays.
  func clearOrder(_ key: GivenOrder.Key, _ version: OrderFile.Version?) throws(FileSystemError) -> Bool {
    let path = orderPath(key)
    guard (try? fileSystem.status(path))?.kind == .folder else { return try removeOrder(key, version) }
    do throws(FileSystemError) {
      try fileSystem.removeEmptyFolder(path)
    } catch {
      try fileSystem.rename(path, to: "\(layout.orders(key.order))/.odd.\(FileSystem.randomText())")
    }
    return true
  }

  // MARK: Traces

  /// Records in the folder of a job that it obeys an order.
  ///
  /// The journal has the same information, so failures are ignored.
  func noteOrder(_ given: GivenOrder, in folder: String) {
    note(RecordedOrder(given), in: folder)
  }

  /// Records in the folder of a job why it does not obey an order; failures are ignored.
  ///
  /// `nowSeconds`: Seconds since 1970.
  func noteAnswer(_ answer: OrderAnswer, nowSeconds: Double, in folder: String) {
    if let record = RecordedOrder(answer, seconds: nowSeconds) { note(record, in: folder) }
  }

  /// Returns whether a job has recorded that it obeys an order.
  func hasNoted(_ given: GivenOrder, in folder: String) -> Bool {
    recordedText(in: folder).split(separator: "\n").contains(RecordedOrder(given).line[...])
  }

  private func note(_ record: RecordedOrder, in folder: String) {
    let (line, known) = (record.line, recordedText(in: folder))
    // An order that fails because the disk is full is repeated.
    guard known.utf8.count + line.utf8.count < Self.maximumRecordBytes,
      !known.split(separator: "\n").contains(line[...])
    else { return }
    try? fileSystem.append(line: line, to: "\(folder)/\(JobFolderLayout.ordersFile)")
  }

  /// Returns the orders that the job in a folder was given, in order.
  package func recordedOrders(in folder: String) -> [RecordedOrder] {
    recordedText(in: folder).split(separator: "\n").compactMap { RecordedOrder(line: $0) }
  }

  private func recordedText(in folder: String) -> String {
    let bytes = try? fileSystem.read("\(folder)/\(JobFolderLayout.ordersFile)", limit: Self.maximumRecordBytes)
    return String(decoding: bytes ?? [], as: UTF8.self)
  }

  func setPriority(_ priority: OrderedPriority, of id: JobIdentifier, in state: JobState) throws(FileSystemError) {
    try fileSystem.write(
      priority.text.utf8, to: "\(layout.folder(id, in: state))/\(JobFolderLayout.priorityFile)")
  }

  /// Returns the priority that an order gave to a job; nil for none.
  package func orderedPriority(of id: JobIdentifier, in state: JobState) -> OrderedPriority? {
    let path = "\(layout.folder(id, in: state))/\(JobFolderLayout.priorityFile)"
    return (try? fileSystem.read(path, limit: OrderedPriority.maximumBytes))
      .flatMap { OrderedPriority(String(decoding: $0, as: UTF8.self)) }
  }

  // MARK: Reruns

  /// Turns an order into a claim for a new job; from then on the order is carried out, whatever happens.
  ///
  /// - Returns: False if the order is gone.
  func claimRerun(
    _ key: GivenOrder.Key, of source: JobIdentifier, as id: JobIdentifier
  ) throws(FileSystemError) -> Bool {
    let claim = layout.claim(id)
    try fileSystem.makeFolder(claim)
    do throws(FileSystemError) {
      try fileSystem.rename(orderPath(key), to: "\(claim)/\(JobFolderLayout.rerunPrefix)\(source)")
    } catch {
      try? fileSystem.removeTree(claim)
      guard error.isNotFound else { throw error }
      return false
    }
    return true
  }

  /// Copies job file and submitter into a claim that an order to run a job again has made; other claims stay as they are.
  func completeRerun(_ id: JobIdentifier) throws(FileSystemError) {
    let claim = layout.claim(id)
    guard let order = try fileSystem.list(claim).first(where: { $0.hasPrefix(JobFolderLayout.rerunPrefix) }) else {
      return
    }
    let source = JobIdentifier(String(order.dropFirst(JobFolderLayout.rerunPrefix.count)))
    let state = source.flatMap { self.state(of: $0) }
    // Without its source, the claim is empty and is removed.
    if let source, let state, !fileSystem.exists("\(claim)/\(JobFolderLayout.jobFile)") {
      let folder = layout.folder(source, in: state)
      let text = try fileSystem.read("\(folder)/\(JobFolderLayout.jobFile)", limit: DocumentReader.maximumBytes)
      if let submitter = submitter(in: folder) {
        try fileSystem.write(
          submitter.text.utf8, to: "\(claim)/\(JobFolderLayout.submitterFile)", syncsFolder: false)
      }
      try fileSystem.write(text, to: "\(claim)/\(JobFolderLayout.jobFile)")
    }
    try fileSystem.remove("\(claim)/\(order)")
  }

  // MARK: Removal

  /// The prefix of names that are about to be removed.
  static let expiredPrefix = ".expired-"

  /// Removes a folder or file of the spool in one visible step.
  ///
  /// A partial result must never be visible, so the entry gets a hidden name first.
  func removeAtOnce(_ path: String) throws(FileSystemError) {
    guard fileSystem.exists(path) else { return }
    let hidden = "\(Paths.folder(of: path))/\(Self.expiredPrefix)\(Paths.name(of: path))"
    try fileSystem.rename(path, to: hidden)
    try fileSystem.removeTree(hidden)
  }

  /// Removes an ended job with its result.
  ///
  /// `highestNumber`: The highest number in use, which is recorded so that no number is used twice.
  func remove(_ id: JobIdentifier, in state: JobState?, highestNumber: Int) throws(FileSystemError) {
    try note(highestNumber: highestNumber)
    try removeFinally(layout.result(id))
    guard let state else { return }
    try removeFinally(layout.folder(id, in: state))
    try? fileSystem.syncFolder(layout.folder(state))
  }

  /// Removes a rejected file and its reason.
  ///
  /// - `stem`: The name of the file, without extension.
  /// - `highestNumber`: As in ``remove(_:in:highestNumber:)``.
  func removeRejection(_ stem: String, highestNumber: Int) throws(FileSystemError) {
    try note(highestNumber: highestNumber)
    let names = try fileSystem.list(layout.rejected).filter { !$0.hasPrefix(".") && Paths.stem(of: $0) == stem }
    // The reason goes last: without it, nobody finds the rest.
    for name in names.filter({ !$0.hasSuffix(".why") }) + ["\(stem).why"] {
      try removeFinally("\(layout.rejected)/\(name)")
    }
    try? fileSystem.syncFolder(layout.rejected)
  }

  private func note(highestNumber: Int) throws(FileSystemError) {
    let known = try? fileSystem.read(layout.highestRemoved, limit: Self.maximumOrderBytes)
    let isKnown = known.flatMap { Int(String(decoding: $0, as: UTF8.self)) }.map { $0 >= highestNumber } ?? false
    if !isKnown { try fileSystem.write(String(highestNumber).utf8, to: layout.highestRemoved) }
  }

  /// Removes a folder; what is left of it once it is hidden is removed with the next expired folders.
  private func removeFinally(_ path: String) throws(FileSystemError) {
    do throws(FileSystemError) {
      try removeAtOnce(path)
    } catch {
      guard !fileSystem.exists(path) else { throw error }
    }
  }
}
