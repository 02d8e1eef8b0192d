internal import CProcesses
internal import Glibc
internal import JobEvents

/// The side of a ``HelperProcess`` that answers.
package enum HelperLink {
  /// Answers questions on the calling thread until the asking process is gone.
  ///
  /// The thread sleeps in read(2) between questions, so an idle helper causes no wake-ups. The process ends with the
  /// thread that started it.
  ///
  /// - Returns: The number of questions that were answered; 0 if nobody asks.
  package static func serve<Question: Codable, Answer: Codable>(_ answer: (Question) -> Answer) -> Int {
    guard cprocesses_end_with_parent() == 0 else { return 0 }
    signal(SIGPIPE, SIG_IGN)
    cprocesses_set_name(WorkerLink.processName)
    var questions = OrderPipe()
    var count = 0
    while let question: Question = questions.next() {
      guard let bytes = try? MessageLine.bytes(answer(question)), write(bytes) else { break }
      count += 1
    }
    return count
  }

  /// Writes everything; returns false if nobody reads.
  private static func write(_ bytes: [UInt8]) -> Bool {
    var position = 0
    while position < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(WorkerProcess.reportsDescriptor, $0.baseAddress?.advanced(by: position), bytes.count - position)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return false }
      position += count
    }
    return true
  }
}
