/// Reads a whole file; unpacks .gz, .bz2, .xz and .zst, recognised by content.
package enum FileBytes {
  /// Returns the unpacked content of `path`.
  ///
  /// - Throws: ``FrameError/unreadable(path:reason:)``, also for directories, pipes and devices.
  package static func read(_ path: String) throws(FrameError) -> [UInt8] {
    let source = ByteSource(try TableFile(path, name: path))
    let step = 1 << 20
    var bytes: [UInt8] = []
    while true {
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: step))
      let result = bytes.withUnsafeMutableBytes { buffer in
        Result { () throws(FrameError) -> Int in
          try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
        }
      }
      let count = try result.get()
      bytes.removeLast(step - count)
      if count < step { return bytes }
    }
  }
}
