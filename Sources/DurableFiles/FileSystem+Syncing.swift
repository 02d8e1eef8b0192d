internal import Glibc
internal import Synchronization
internal import Threads

extension FileSystem {
  /// Something that is made durable by fsync(2).
  package struct SyncTarget: Sendable {
    enum Kind: Sendable {
      case open(Int32)
      case folder
    }

    let kind: Kind
    let path: String

    /// The names in a folder.
    package static func folder(_ path: String) -> SyncTarget { SyncTarget(kind: .folder, path: path) }
  }

  /// The fsync(2) calls that are made at once.
  ///
  /// A disk flushes its cache once for all that wait for it, so sixteen take hardly longer than one.
  private static let simultaneousSyncs = 16

  /// Makes files and folders durable at the same time.
  ///
  /// Files stay open until this method returns.
  ///
  /// - Returns: The failures, in the order of the targets; nil for those that are durable.
  package func sync(_ targets: [SyncTarget]) -> [FileSystemError?] {
    let failures = Mutex([FileSystemError?](repeating: nil, count: targets.count))
    ParallelLoop.run(targets.count, threads: Self.simultaneousSyncs, helpers: .own) { number in
      if let failure = sync(targets[number]) { failures.withLock { $0[number] = failure } }
    }
    return failures.withLock { $0 }
  }

  private func sync(_ target: SyncTarget) -> FileSystemError? {
    switch target.kind {
    case .open(let descriptor):
      return may(.fsync, target.path) && fsync(descriptor) == 0 ? nil : failure("sync", target.path)
    case .folder:
      do throws(FileSystemError) {
        try syncFolder(target.path)
        return nil
      } catch {
        return error
      }
    }
  }
}
