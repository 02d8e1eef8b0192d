internal import CArchive
internal import Glibc

/// Unpacks gzip, and verifies the checksum and the length of each member, which libarchive does not.
///
/// Zeros behind the last member are padding. Not Sendable: one thread reads.
final class GzipStream {
  private static let magic: [UInt8] = [0x1F, 0x8B]
  private static let inputBytes = 1 << 18

  private let file: TableFile
  /// zlib remembers the address of its state.
  private let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: inputBytes, alignment: 16)
  private var isInsideMember = false
  private var hasMember = false
  private var isInputAtEnd = false
  /// The packed bytes that have been unpacked.
  private(set) var consumedBytes = 0

  /// Returns true for a file that begins as gzip does; pipes are left to libarchive.
  static func recognises(_ file: TableFile) -> Bool { file.head.starts(with: magic) }

  /// Reads `file` from its beginning; nil without enough memory.
  init?(_ file: TableFile) {
    self.file = file
    state.initialize(to: z_stream())
    guard carchive_inflate_init_gzip(state) == Z_OK else { return nil }
  }

  deinit {
    inflateEnd(state)
    state.deallocate()
    input.deallocate()
  }

  /// Fills `target`; fewer bytes than its size mean the end of the content.
  func read(into target: UnsafeMutableRawBufferPointer) throws(FrameError) -> Int {
    // zlib counts in 32 bits.
    let room = min(target.count, 1 << 30)
    state.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = UInt32(room)
    while state.pointee.avail_out > 0 {
      if state.pointee.avail_in == 0 { try fill() }
      if !isInsideMember {
        guard try beginMember() else { break }
      }
      try inflateStep()
    }
    return room - Int(state.pointee.avail_out)
  }

  /// Skips padding and begins the next member; returns false at the end.
  private func beginMember() throws(FrameError) -> Bool {
    while hasMember {
      if state.pointee.avail_in == 0 {
        guard !isInputAtEnd else { return false }
        try fill()
      } else if state.pointee.next_in?.pointee == 0 {
        state.pointee.next_in = state.pointee.next_in.advanced(by: 1)
        state.pointee.avail_in -= 1
        consumedBytes += 1
      } else {
        break
      }
    }
    inflateReset(state)
    isInsideMember = true
    hasMember = true
    return true
  }

  private func inflateStep() throws(FrameError) {
    let before = state.pointee.avail_in
    let status = inflate(state, Z_NO_FLUSH)
    consumedBytes += Int(before - state.pointee.avail_in)
    switch status {
    case Z_STREAM_END: isInsideMember = false
    case Z_OK: break
    case Z_BUF_ERROR where !isInputAtEnd || state.pointee.avail_in > 0 || state.pointee.avail_out == 0: break
    case Z_BUF_ERROR: throw .unreadable(path: file.path, reason: "the gzip data is cut off")
    case Z_MEM_ERROR: throw .unreadable(path: file.path, reason: "out of memory")
    default:
      let reason = state.pointee.msg.map { String(cString: $0) } ?? "unknown error"
      throw .unreadable(path: file.path, reason: "the gzip data is damaged (\(reason)); copy or download it again")
    }
  }

  private func fill() throws(FrameError) {
    guard !isInputAtEnd else { return }
    var count = Glibc.read(file.descriptor, input.baseAddress, input.count)
    while count < 0, errno == EINTR { count = Glibc.read(file.descriptor, input.baseAddress, input.count) }
    guard count >= 0 else { throw .unreadable(path: file.path, reason: String(cString: strerror(errno))) }
    isInputAtEnd = count == 0
    state.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_in = UInt32(count)
  }
}
