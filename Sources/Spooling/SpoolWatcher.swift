internal import Dispatch
package import DurableFiles
internal import Glibc

/// A watcher of the folders into which users drop files, based on inotify.
package final class SpoolWatcher: Sendable {
  package enum Event: Sendable, Equatable {
    /// A file was moved in; it is complete.
    case complete(String)
    /// A file was closed after writing.
    case closed(String)
    /// A name appeared; its writer may not be done.
    case appeared(String)
    /// An order was dropped.
    case order
    /// Events were lost; everything must be scanned.
    case overflow
    /// A watched folder was removed or moved.
    case folderGone(String)
  }

  /// Room for several thousand events per read.
  private static let bufferBytes = 1 << 16

  /// Batches of events in order, until the watcher is cancelled.
  package let events: AsyncStream<[Event]>
  private let continuation: AsyncStream<[Event]>.Continuation
  private nonisolated(unsafe) let source: any DispatchSourceRead

  /// Starts watching.
  ///
  /// Scan afterwards for files that were there before.
  package init(_ layout: SpoolLayout) throws(FileSystemError) {
    let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else { throw FileSystemError(operation: "watch", path: layout.root, code: errno) }
    let mask = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF)
    var folders: [Int32: String] = [:]
    for folder in [layout.incoming] + SpoolOrder.allCases.map(layout.orders) {
      let watch = inotify_add_watch(descriptor, folder, mask)
      guard watch >= 0 else {
        let code = errno
        close(descriptor)
        throw FileSystemError(operation: "watch", path: folder, code: code)
      }
      folders[watch] = folder
    }
    let (events, continuation) = AsyncStream<[Event]>.makeStream()
    self.events = events
    self.continuation = continuation
    let parser = InotifyParser(folders: folders, incoming: layout.incoming)
    source = DispatchSource.makeReadSource(
      fileDescriptor: descriptor, queue: DispatchQueue(label: "deepspool.inotify"))
    source.setEventHandler {
      let batch = Self.read(descriptor, parser)
      if !batch.isEmpty { continuation.yield(batch) }
    }
    source.setCancelHandler {
      close(descriptor)
      continuation.finish()
    }
    source.resume()
  }

  deinit { source.cancel() }

  package func cancel() { source.cancel() }

  private static func read(_ descriptor: Int32, _ parser: InotifyParser) -> [Event] {
    var events: [Event] = []
    var buffer = [UInt8](repeating: 0, count: bufferBytes)
    while true {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return condensed(events) }
      events += parser.parse(buffer[..<count])
    }
  }

  /// Removes events that a later one of the same batch makes superfluous: a name that appeared and is complete, and
  /// orders in a row.
  package static func condensed(_ events: [Event]) -> [Event] {
    var complete: Set<String> = []
    var kept: [Event] = []
    for event in events.reversed() {
      switch event {
      case .complete(let name), .closed(let name): complete.insert(name)
      case .appeared(let name): if complete.contains(name) { continue }
      case .order: if kept.last == .order { continue }
      case .overflow, .folderGone: break
      }
      kept.append(event)
    }
    return kept.reversed()
  }
}

/// A parser of the records that inotify returns.
struct InotifyParser: Sendable {
  /// Watched folders by watch descriptor.
  let folders: [Int32: String]
  let incoming: String

  /// The size of a record's header: watch descriptor, mask, cookie, length of the name.
  private static let headerBytes = 16

  func parse(_ bytes: ArraySlice<UInt8>) -> [SpoolWatcher.Event] {
    var events: [SpoolWatcher.Event] = []
    var position = bytes.startIndex
    while position + Self.headerBytes <= bytes.endIndex {
      let (watch, mask, length) = bytes.withUnsafeBytes { buffer in
        let offset = position - bytes.startIndex
        return (
          buffer.loadUnaligned(fromByteOffset: offset, as: Int32.self),
          buffer.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self),
          Int(buffer.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
        )
      }
      let start = position + Self.headerBytes
      let end = min(start + length, bytes.endIndex)
      let name = String(decoding: bytes[start..<end].prefix { $0 != 0 }, as: UTF8.self)
      if let event = event(watch: watch, mask: mask, name: name) { events.append(event) }
      position = end
    }
    return events
  }

  private func event(watch: Int32, mask: UInt32, name: String) -> SpoolWatcher.Event? {
    if mask & UInt32(IN_Q_OVERFLOW) != 0 { return .overflow }
    let folder = folders[watch] ?? ""
    if mask & UInt32(IN_DELETE_SELF | IN_MOVE_SELF) != 0 { return .folderGone(folder) }
    guard !name.isEmpty, !name.hasPrefix(".") else { return nil }
    let (isMoved, isClosed) = (mask & UInt32(IN_MOVED_TO) != 0, mask & UInt32(IN_CLOSE_WRITE) != 0)
    guard folder == incoming else { return isMoved || isClosed ? .order : nil }
    return isMoved ? .complete(name) : isClosed ? .closed(name) : .appeared(name)
  }
}
