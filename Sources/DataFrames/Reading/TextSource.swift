/// A text that can be read from its beginning, more than once unless it comes from a pipe.
protocol TextSource: AnyObject {
  /// Fills `target`; fewer bytes than its size mean the end of the text.
  func read(into target: UnsafeMutableRawBufferPointer) throws(FrameError) -> Int

  /// The size of the whole text, estimated from what has been read so far.
  var expectedBytes: Double { get }

  /// Starts again from the beginning.
  func rewind()

  /// Returns an error for a failed allocation of `byteCount` bytes.
  func outOfMemory(byteCount: Int) -> FrameError
}
