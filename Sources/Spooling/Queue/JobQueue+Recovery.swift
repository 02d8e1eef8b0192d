package import DurableFiles

extension JobQueue {
  /// Brings the spool into order after the last daemon ended, in whatever way; then has the queue read.
  package func recover() throws(FileSystemError) {
    try directory.create()
    // Only `deepspool why` looks at it.
    try? perform(.writeLimits(state.limits))
    try handle(.began(try SpoolListing.read(layout, fileSystem: fileSystem)))
    // A full or read-only disk keeps some jobs where they are. The others go on; whoever asks next is told.
    try? recoverRest()
  }

  /// Brings into order what could not be brought into order at the start.
  package func recoverRest() throws(FileSystemError) {
    defer { lookOn() }
    try forEach(state.unrecovered) { action throws(FileSystemError) in try handle(.recover(action)) }
  }
}
