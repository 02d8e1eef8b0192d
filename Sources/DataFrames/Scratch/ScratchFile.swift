internal import Glibc
internal import Synchronization

/// Values of a table in a file instead of memory: they are written once and then read as mapped memory.
///
/// The kernel keeps as many pages as it has room for, and reads the others when they are needed. The pages are not part of
/// the memory that a process needs.
///
/// `@unchecked Sendable`: each write has bytes of its own, and readers come later.
final class ScratchFile: @unchecked Sendable {
  /// Reserved addresses, which cost nothing; less where the system allows less.
  private static let addressBytes = [1 << 44, 1 << 40, 1 << 36, 1 << 33]
  /// Values of every type begin at multiples of it.
  private static let alignment = 64

  private let folder: String
  private let table: String
  private let descriptor: Int32
  private let start: UnsafeMutableRawPointer
  private let addressBytes: Int
  private let end = Atomic(0)

  /// - Throws: ``FrameError/scratch(path:folder:reason:)``.
  init(in folder: String, table: String) throws(FrameError) {
    (self.folder, self.table) = (folder, table)
    let path = "\(folder)/.table-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 { unlink(path) }
    guard descriptor >= 0 else { throw .scratch(path: table, folder: folder, reason: String(cString: strerror(errno))) }
    guard let (mapped, size) = Self.mapping(of: descriptor) else {
      let reason = String(cString: strerror(errno))
      close(descriptor)
      throw .scratch(path: table, folder: folder, reason: reason)
    }
    (start, addressBytes) = (mapped, size)
  }

  /// Returns addresses for the whole file, however long it becomes.
  private static func mapping(of descriptor: Int32) -> (start: UnsafeMutableRawPointer, byteCount: Int)? {
    for size in addressBytes {
      let mapped = mmap(nil, size, PROT_READ, MAP_SHARED | MAP_NORESERVE, descriptor, 0)
      if let mapped, mapped != MAP_FAILED { return (mapped, size) }
    }
    return nil
  }

  deinit {
    munmap(start, addressBytes)
    close(descriptor)
  }

  /// Writes bytes to the file; several threads may do so at once.
  ///
  /// - Returns: Where they are mapped.
  func write(_ bytes: UnsafeRawBufferPointer) throws(FrameError) -> UnsafeRawPointer {
    let size = (bytes.count + Self.alignment - 1) / Self.alignment * Self.alignment
    let offset = end.add(size, ordering: .relaxed).oldValue
    guard offset + size <= addressBytes else {
      throw .scratch(path: table, folder: folder, reason: "the table exceeds \(addressBytes) bytes")
    }
    var written = 0
    while written < bytes.count, let first = bytes.baseAddress {
      let count = pwrite(descriptor, first + written, bytes.count - written, off_t(offset + written))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let reason = count < 0 ? String(cString: strerror(errno)) : "nothing could be written"
        throw .scratch(path: table, folder: folder, reason: reason)
      }
      written += count
    }
    return UnsafeRawPointer(start + offset)
  }

  /// Writes numbers to the file.
  func keep<Number: BitwiseCopyable & Equatable>(_ numbers: [Number]) throws(FrameError) -> MappedValues<Number> {
    // Closures that rethrow typed errors are not supported here.
    var outcome: Result<UnsafeRawPointer, FrameError>?
    numbers.withUnsafeBytes { bytes in
      do throws(FrameError) { outcome = .success(try write(bytes)) } catch { outcome = .failure(error) }
    }
    guard let place = try outcome?.get() else { preconditionFailure("an array has no memory") }
    return MappedValues(place.assumingMemoryBound(to: Number.self), count: numbers.count, of: self)
  }

  /// Takes mapped pages from this process; they are mapped again when they are read.
  func forget(_ pages: UnsafeRawBufferPointer) {
    guard let first = pages.baseAddress else { return }
    let pageBytes = Int(getpagesize())
    let begin = (first - UnsafeRawPointer(start)) / pageBytes * pageBytes
    let end = (first + pages.count - UnsafeRawPointer(start) + pageBytes - 1) / pageBytes * pageBytes
    _ = madvise(start + begin, end - begin, MADV_DONTNEED)
  }

  /// Takes all mapped pages from this process.
  func forgetAll() { forget(UnsafeRawBufferPointer(start: start, count: end.load(ordering: .relaxed))) }
}
