internal import DurableFiles

/// The path of a job from `incoming` to the queue.
extension QueueState {
  mutating func found(
    _ file: IncomingFile, _ occasion: IncomingFile.Occasion, nowSeconds: Double, _ space: FileSystem.Space?
  ) -> [QueueEffect] {
    guard isAccepting, !file.name.hasPrefix(".") else { return [] }
    guard occasion != .complete, file.kind != .unspellable else { return take(file, space) }
    if case .file(_, _, isWritten: false) = file.kind, occasion == .scan || occasion == .stray {
      return take(file, space)
    }
    // The writer will close a new file; folders, links and additional hard links are never closed.
    if case .file(_, linkCount: 1, _) = file.kind, occasion == .appeared { return [] }
    guard !leftInPlace.contains(file.name) else { return [] }
    switch file.kind {
    case .gone:
      settling.forget(file.name)
      return []
    case .unspellable, .folder, .odd: return take(file, space)
    case .file(let look, _, let isWritten):
      let quiet = occasion == .stray ? SettlingFiles.longQuietSeconds : SettlingFiles.quietSeconds
      let isQuiet = settling.observe(file.name, look, now: nowSeconds, quietSeconds: quiet)
      guard isQuiet, isWritten != true else { return [] }
      return take(file, space)
    }
  }

  private mutating func take(_ file: IncomingFile, _ space: FileSystem.Space?) -> [QueueEffect] {
    settling.forget(file.name)
    guard !isShortOfSpace else { return [] }
    if let shortage = shortage(space) {
      isShortOfSpace = true
      return [.tell(shortage)]
    }
    switch file.kind {
    case .gone: return []
    case .unspellable: return leave(file)
    case .file, .folder, .odd: return [.claim(file, as: nextID(file))]
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

  private mutating func arrived(_ inspection: Inspection, _ finding: Inspection.Finding) -> [QueueEffect] {
    let id = inspection.id
    switch (inspection.purpose, finding) {
    case (.acceptance, .sound(let brief, let content)):
      if let fault = circle(id, brief.conditions) ?? quotaFault(of: brief.submitter) { return unfit(inspection, fault) }
      return [.accept(id, brief, content)]
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
    return [.tell(.rejected(name: name, id: id, reason: reason, reasonFile: file))]
  }

  mutating func removed(_ id: JobIdentifier) -> [QueueEffect] {
    forgetRecovery(of: id)
    set(id, nil)
    return []
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
