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
      guard let bytes = try? MessageLine.bytes(answer(question)),
        PipeWriter.write(bytes, to: WorkerProcess.reportsDescriptor)
      else { break }
      count += 1
    }
    return count
  }
}
