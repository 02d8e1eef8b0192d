internal import Spooling

/// Dropped files, handled in parts between other events.
extension SpoolLoop {
  /// Carries out orders or handles a part of the dropped files, and starts jobs.
  func handlePart() async throws {
    if backlog.hasOrder {
      // Files that an order may mean come first, because they may have been dropped with it.
      let names = await queue.orderedNames
      await reporting { try await queue.look(at: names) }
      await take(backlog.takeOrdered(names))
      await reporting { try await takeOrders() }
    } else {
      let arrivals = await queue.arrivals
      if arrivals.isScanning {
        if arrivals.haveRoom { await reporting { try await queue.scanOn() } }
      } else if arrivals.haveRoom {
        await take(backlog.takePart())
      }
    }
    try await startJobs()
  }

  /// Lets the loop continue with dropped files after the events that wait now.
  ///
  /// While many inspections are pending, the next batch of them lets the loop continue.
  func requestMore() async {
    guard !isMoreRequested else { return }
    let arrivals = await queue.arrivals
    let hasFiles = arrivals.isScanning || !backlog.isEmpty
    guard backlog.hasOrder || (hasFiles && arrivals.haveRoom) else { return }
    isMoreRequested = true
    continuation.yield(.more)
  }

  private func take(_ events: some Sequence<SpoolWatcher.Event>) async {
    var arrivals: [JobQueue.Arrival] = []
    for event in events {
      switch event {
      case .complete(let name): arrivals.append(.init(name: name, occasion: .complete))
      case .closed(let name): arrivals.append(.init(name: name, occasion: .closed))
      case .appeared(let name): arrivals.append(.init(name: name, occasion: .appeared))
      case .overflow: await lookAtEverything()
      case .order: await reporting { try await takeOrders() }
      case .folderGone(let path):
        reporter.report(problem: "'\(path)' was removed or moved away; restart the daemon to create it again")
      }
    }
    await reporting { [arrivals] in try await queue.take(arrivals) }
  }

  /// Scans everything: at startup, after lost events and after an error.
  func lookAtEverything() async {
    await reporting { try await queue.recoverRest() }
    await reporting { try await queue.retryEndings() }
    await reporting { try await queue.resumeAcceptances() }
    await reporting { try await queue.scan() }
    backlog.expectOrders()
  }
}
