internal import DurableFiles

/// The path of a job from `incoming` to the queue.
extension QueueState {
  mutating func found(
    _ file: IncomingFile, _ occasion: IncomingFile.Occasion, nowSeconds: Double, _ space: FileSystem.Space?
  ) -> [QueueEffect] {
    let name = IncomingName(file.name)
    guard isAccepting, name != .temporary else { return [] }
    guard occasion.isFinal || !leftInPlace.contains(file.name) else { return [] }
    switch (name, file.kind) {
    case (_, .gone):
      settling.forget(file.name)
      return []
    case (_, .unspellable), (.job, .folder), (.job, .odd): return take(file, space)
    case (.job, .file(let content)): return found(file, content, occasion, nowSeconds: nowSeconds, space)
    case (.foreign, _), (.temporary, _):
      // The file may be renamed to its final name.
      let content = if case .file(let content) = file.kind { content } else { IncomingFile.Content.none }
      let isQuiet = settling.observe(
        file.name, content.look, now: nowSeconds, ageSeconds: content.ageSeconds,
        quietSeconds: limits.foreignNameSeconds)
      guard isQuiet, content.isWritten != true else { return [] }
      return take(file, space, unfit: file.kind == .odd ? nil : SpoolDirectory.foreignNameReason)
    }
  }

  private mutating func found(
    _ file: IncomingFile, _ content: IncomingFile.Content, _ occasion: IncomingFile.Occasion, nowSeconds: Double,
    _ space: FileSystem.Space?
  ) -> [QueueEffect] {
    let isEmpty = content.look.byteCount == 0
    guard occasion != .complete, occasion != .closed || isEmpty else { return take(file, space) }
    let isKnown = content.isWritten != nil && occasion != .stray
    let quiet =
      isEmpty ? limits.foreignNameSeconds : isKnown ? SettlingFiles.quietSeconds : SettlingFiles.longQuietSeconds
    let isQuiet = settling.observe(
      file.name, content.look, now: nowSeconds, ageSeconds: content.ageSeconds, quietSeconds: quiet)
    guard isQuiet, content.isWritten != true else { return [] }
    guard content.isWritten == nil, !content.isWhole, !isEmpty else { return take(file, space) }
    guard settling.extend(file.name, toSeconds: SettlingFiles.incompleteSeconds, now: nowSeconds) else { return [] }
    return take(file, space, unfit: Self.incompleteReason)
  }

  private static let incompleteReason =
    "the file looks incomplete: its last line has no line break, and it has not changed for "
    + "\(Int(SettlingFiles.incompleteSeconds / 60)) minutes; end the last line with a line break, or rename the complete "
    + "file into incoming"

  /// Takes a file, or rejects it for the reason `unfit`.
  private mutating func take(
    _ file: IncomingFile, _ space: FileSystem.Space?, unfit reason: String? = nil
  ) -> [QueueEffect] {
    settling.forget(file.name)
    guard !isShortOfSpace else { return [] }
    if let shortage = shortage(space) {
      isShortOfSpace = true
      return [.tell(shortage)]
    }
    switch file.kind {
    case .gone: return []
    case .unspellable, .folder: return leave(file)
    case .file, .odd:
      guard let reason else { return [.claim(file, as: nextID(file))] }
      let id = nextID(file)
      nextNumber += 1
      return [.refuse(file, as: id, reason: reason)]
    }
  }

  private func nextID(_ file: IncomingFile) -> JobIdentifier {
    JobIdentifier(number: nextNumber, name: Paths.stem(of: file.name))
  }

  mutating func leave(_ file: IncomingFile) -> [QueueEffect] {
    guard leftInPlace.insert(file.name).inserted else { return [] }
    let id = nextID(file)
    nextNumber += 1
    return [.leave(file, as: id)]
  }

  mutating func listed(_ names: [String]) -> [QueueEffect] {
    leftInPlace.formIntersection(names)
    return []
  }

  mutating func claimed(_ id: JobIdentifier, _ name: String) -> [QueueEffect] {
    set(id, .arriving(name: name))
    return []
  }

  // MARK: Free space

  /// Resumes taking files once there is enough space.
  mutating func room(_ space: FileSystem.Space?) -> [QueueEffect] {
    guard isShortOfSpace, shortage(space) == nil else { return [] }
    isShortOfSpace = false
    return [.tell(.spaceBack), .scan]
  }

  /// Returns the event to report if free space is too low.
  private func shortage(_ space: FileSystem.Space?) -> SpoolEvent? {
    guard limits.minimumFreeBytes != 0, let space else { return nil }
    let reserve = limits.minimumFreeBytes(of: space)
    return space.freeBytes < reserve ? .spaceShort(freeBytes: space.freeBytes, minimumBytes: reserve) : nil
  }

  // MARK: Findings

  mutating func notInspected(_ inspection: Inspection) -> [QueueEffect] {
    line.putBack(inspection)
    return []
  }

  mutating func inspected(
    _ inspection: Inspection, _ finding: Inspection.Finding, nowSeconds: Double
  ) -> [QueueEffect] {
    guard line.finish(inspection) else { return [] }
    let id = inspection.id
    if let obstacle = finding.obstacle, inspection.purpose.waitsForFiles {
      switch line.putOff(inspection, pauses: obstacle.pauses, nowSeconds: nowSeconds) {
      case .first: return [.tell(.waits(id, reason: "waits for a file: \(obstacle.reason)"))]
      case .again: return []
      case .tooOften:
        line.remove(id)
        return unfit(inspection, obstacle.finalReason)
      }
    }
    line.remove(id)
    switch inspection.purpose {
    case .acceptance, .load: return arrived(inspection, finding)
    case .retry(let state, let order):
      return retry(id, from: state, order: order, finding)
    case .estimate:
      if case .needs(let needs) = finding { setNeeds(id, .known(needs)) } else { setNeeds(id, .known(nil)) }
      return []
    }
  }

  /// Decides about a job whose file was read.
  ///
  /// A job that is to be accepted counts as queued at once, because many are accepted together.
  private mutating func arrived(_ inspection: Inspection, _ finding: Inspection.Finding) -> [QueueEffect] {
    let id = inspection.id
    switch (inspection.purpose, finding) {
    case (.acceptance, .sound(let brief, let content)):
      if let fault = circle(id, brief) ?? quotaFault(of: brief.submitter, for: id) { return unfit(inspection, fault) }
      queuedBySubmitter.set(id, brief.submitter.userID)
      return privacy(id, .claim, brief) + [.accept(.init(id, brief, content))]
    case (.acceptance, .missing): return [.removeFolder(id, .claim)]
    case (_, .sound(let brief, _)):
      enqueue(id, brief)
      return limits.obstacle(ofGroup: brief.place.group).map { [.tell(.waits(id, reason: $0))] } ?? []
    case (_, .unfit(let reason)), (_, .inUse(let reason)), (_, .linked(let reason)): return unfit(inspection, reason)
    case (_, .missing): return unfit(inspection, "the job file is missing")
    case (_, .needs): preconditionFailure("job \(id): an inspection of its file returned needs")
    }
  }

  private func unfit(_ inspection: Inspection, _ reason: String) -> [QueueEffect] {
    let id = inspection.id
    if case .acceptance(let name) = inspection.purpose {
      return [.reject(id, from: .claim, name: name, reason: reason)]
    }
    return [.reject(id, from: .state(.queued), name: id.fileName, reason: reason)]
  }

  // MARK: Outcomes

  mutating func accepted(_ id: JobIdentifier, _ brief: JobBrief) -> [QueueEffect] {
    forgetRecovery(of: id)
    enqueue(id, brief)
    return [.tell(.accepted(id, brief.submitter))]
  }

  mutating func rejected(_ id: JobIdentifier, name: String, reason: String, file: String) -> [QueueEffect] {
    forgetRecovery(of: id)
    set(id, nil)
    noteNews()
    return [.tell(.rejected(name: name, id: id, reason: reason, reasonFile: file))] + settleOrders(id, after: nil)
  }

  mutating func removed(_ id: JobIdentifier) -> [QueueEffect] {
    forgetRecovery(of: id)
    set(id, nil)
    noteNews()
    return settleOrders(id, after: nil)
  }
}

extension Inspection.Finding {
  /// A temporary condition of a file, with the pauses between inspections and the reason of the final rejection.
  fileprivate var obstacle: (reason: String, pauses: [Double], finalReason: String)? {
    switch self {
    case .inUse(let reason):
      (
        reason, InspectionLine.pauses,
        "\(reason); the file was in use for too long; submit the job again when it is free"
      )
    case .linked(let reason): (reason, InspectionLine.linkPauses, reason)
    case .sound, .unfit, .missing, .needs: nil
    }
  }
}

extension Inspection.Purpose {
  /// Whether the inspection is repeated while a file is in use; otherwise the run of the job
  /// reports the problem.
  fileprivate var waitsForFiles: Bool {
    switch self {
    case .acceptance, .load: true
    case .retry, .estimate: false
    }
  }
}

extension JobIdentifier {
  /// The assumed name of a job's file if the original name is unknown.
  package var fileName: String { "\(name).yaml" }
}
