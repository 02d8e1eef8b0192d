/// The bytes of a text, which can be read more than once unless they come from a pipe.
protocol ByteReader: AnyObject {
  /// Fills `target`; fewer bytes than its size mean the end of the text.
  func read(into target: UnsafeMutableRawBufferPointer) throws(FrameError) -> Int

  /// The size of the whole text, estimated from what has been read so far.
  var expectedBytes: Double { get }

  /// Starts again from the beginning.
  func rewind()

  /// Returns an error for a failed allocation of `byteCount` bytes.
  func outOfMemory(byteCount: Int) -> FrameError

  /// Returns the error for a text that begins with `head` and has a zero byte at `offset`.
  func binary(_ head: some Collection<UInt8>, offset: Int) -> FrameError
}
