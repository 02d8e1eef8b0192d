internal import Spooling

/// Dropped files, handled in parts between other events.
extension SpoolLoop {
  /// Handles a part of the dropped files, and starts jobs.
  ///
  /// Orders follow a scan, because they may concern files that were dropped with them.
  func handlePart() async throws {
    if backlog.hasOrder {
      // Only files that an order may mean come first.
      let names = await queue.orderedNames
      await reporting { try await queue.look(at: names) }
      for event in backlog.takeOrdered(names) { await reporting { try await handle(event) } }
      await reporting { try await takeOrders() }
    } else if await queue.isScanning {
      await reporting { try await queue.scanOn() }
    } else if ordersFollowScan {
      ordersFollowScan = false
      await reporting { try await takeOrders() }
    } else {
      for event in backlog.takePart() { await reporting { try await handle(event) } }
    }
    try await startJobs()
  }

  /// Lets the loop continue with dropped files after the events that wait now.
  func requestMore() async {
    let isScanning = await queue.isScanning
    guard !isMoreRequested, isScanning || ordersFollowScan || !backlog.isEmpty else { return }
    isMoreRequested = true
    continuation.yield(.more)
  }

  func handle(_ event: SpoolWatcher.Event) async throws {
    switch event {
    case .complete(let name): try await queue.take(name)
    case .closed(let name): try await queue.closed(name)
    case .appeared(let name): try await queue.appeared(name)
    case .overflow: await lookAtEverything()
    case .order: try await takeOrders()
    case .folderGone(let path):
      reporter.report(problem: "'\(path)' was removed or moved away; restart the daemon to create it again")
    }
  }

  /// Scans everything: at startup, after lost events and after an error.
  func lookAtEverything() async {
    await reporting { try await queue.recoverRest() }
    await reporting { try await queue.retryEndings() }
    await reporting { try await queue.resumeAcceptances() }
    await reporting { try await queue.scan() }
    ordersFollowScan = true
  }
}
