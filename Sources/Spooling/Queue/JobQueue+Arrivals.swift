internal import Documents
package import DurableFiles

/// Names in `incoming`, as events report them or scans find them.
extension JobQueue {
  /// A name in `incoming`, with the reason for which it is examined.
  package struct Arrival: Sendable, Equatable {
    package let name: String
    package let occasion: IncomingFile.Occasion

    package init(name: String, occasion: IncomingFile.Occasion) {
      self.name = name
      self.occasion = occasion
    }
  }

  /// The names that a scan has not examined yet, the next one last.
  struct Unscanned {
    var names: [String] = []
    var occasion = IncomingFile.Occasion.scan
  }

  /// The number of names that a scan examines at once; about ten milliseconds of work.
  private static let scannedAtOnce = 100

  /// Examines names that events report.
  package func take(_ arrivals: [Arrival]) throws(FileSystemError) {
    guard !arrivals.isEmpty else { return }
    defer { lookOn() }
    let space = fileSystem.space(layout.root)
    try forEach(arrivals) { arrival throws(FileSystemError) in try look(arrival.name, arrival.occasion, space) }
  }

  func look(_ name: String, _ occasion: IncomingFile.Occasion) throws(FileSystemError) {
    try take([Arrival(name: name, occasion: occasion)])
  }

  private func look(
    _ name: String, _ occasion: IncomingFile.Occasion, _ space: FileSystem.Space?
  ) throws(FileSystemError) {
    let file = IncomingFile(name: name, kind: kind(of: name, occasion))
    try handle(.found(file, occasion, nowSeconds: secondsNow(), space: space))
  }

  private func kind(of name: String, _ occasion: IncomingFile.Occasion) -> IncomingFile.Kind {
    let path = "\(layout.incoming)/\(name)"
    guard let status = try? fileSystem.status(path) else {
      // Invalid UTF-8 in a name was replaced by U+FFFD when the folder was read, so the path cannot be used.
      return name.unicodeScalars.contains("\u{FFFD}") ? .unspellable : .gone
    }
    switch status.kind {
    case .folder: return .folder
    case .link, .other: return .odd
    case .file:
      let isWritten =
        occasion.isFinal ? false : fileSystem.hasWriter(path) ?? (fileSystem.isMarkedComplete(path) ? false : nil)
      let look = SettlingFiles.Look(byteCount: status.byteCount, changedSeconds: status.changedSeconds)
      let isWhole = isWritten != nil || occasion == .appeared || isWhole(path)
      return .file(
        IncomingFile.Content(
          look, ageSeconds: wallSeconds() - status.changedSeconds, isWritten: isWritten, isWhole: isWhole))
    }
  }

  /// Returns whether a file may be a whole document; a file that cannot be read counts as one, and its inspection
  /// reports the problem.
  private func isWhole(_ path: String) -> Bool {
    (try? fileSystem.read(path, limit: DocumentReader.maximumBytes)).map(DocumentEnd.isComplete) ?? true
  }

  /// Resumes claims and queued jobs that could not be processed because the disk was full.
  package func resumeAcceptances() throws(FileSystemError) {
    defer { lookOn() }
    let listing = try SpoolListing.read(layout, fileSystem: fileSystem)
    try forEach(listing.claims) { id throws(FileSystemError) in
      try directory.completeRerun(id)
      try handle(.claimFound(id))
    }
    try forEach(listing.jobs[.queued] ?? []) { id throws(FileSystemError) in try handle(.queuedFound(id)) }
  }

  /// Examines the files in `incoming`: at startup, after lost events and after an error.
  ///
  /// Many files are examined in parts; see ``scanOn()``.
  package func scan() throws(FileSystemError) { try scan(.scan) }

  /// Examines names that no event reported: files on network file systems.
  package func lookAtStrays() throws(FileSystemError) { try scan(.stray) }

  private func scan(_ occasion: IncomingFile.Occasion) throws(FileSystemError) {
    let names = try fileSystem.list(layout.incoming)
    try handle(.listed(names))
    unscanned = Unscanned(names: names.reversed(), occasion: occasion)
    try scanOn()
  }

  /// The names of the orders in `control`.
  package var orderedNames: OrderedNames { directory.orderedNames() }

  /// Examines the files that orders may mean, if a scan has not come to them yet.
  package func look(at names: OrderedNames) throws(FileSystemError) {
    let meant = unscanned.names.filter { names.contains(file: $0) }
    guard !meant.isEmpty else { return }
    unscanned.names.removeAll { names.contains(file: $0) }
    try take(meant.reversed().map { Arrival(name: $0, occasion: unscanned.occasion) })
  }

  /// Whether files of a scan have not been examined yet.
  package var isScanning: Bool { !unscanned.names.isEmpty }

  /// Whether a scan is in progress, and whether so few inspections are pending that more files can be taken.
  package var arrivals: (isScanning: Bool, haveRoom: Bool) {
    (isScanning, state.line.openCount < Self.openInspections)
  }

  /// Files that wait in `incoming` take no memory.
  private static let openInspections = 4 * InspectionLine.batchCount

  /// Examines the next files of a scan; few enough that other work does not wait.
  package func scanOn() throws(FileSystemError) {
    let part = unscanned.names.suffix(Self.scannedAtOnce).reversed()
    unscanned.names.removeLast(part.count)
    try take(part.map { Arrival(name: $0, occasion: unscanned.occasion) })
  }

  /// Examines files that had not settled, and the free space.
  ///
  /// - Returns: Whether some files still have not settled.
  package func lookAgain() throws(FileSystemError) -> Bool {
    defer { lookOn() }
    try handle(.room(fileSystem.space(layout.root)))
    try take(state.settling.due(now: secondsNow()).map { Arrival(name: $0, occasion: .again) })
    return !state.settling.isEmpty
  }
}
