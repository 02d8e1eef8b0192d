internal import CProcesses
internal import Glibc
internal import JobEvents

/// The side of a ``HelperProcess`` that answers.
package enum HelperLink {
  /// Whether another process holds the other ends of the pipes of this one.
  package static var isAsked: Bool {
    [WorkerProcess.ordersDescriptor, WorkerProcess.reportsDescriptor].allSatisfy { descriptor in
      var status = stat()
      return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    }
  }

  /// Answers questions on the calling thread until the asking process is gone.
  ///
  /// The thread sleeps in read(2) between questions, so an idle helper causes no wake-ups. The process ends with the
  /// thread that started it.
  package static func serve<Question: Codable, Answer: Codable>(_ answer: (Question) -> Answer) {
    guard cprocesses_end_with_parent() == 0 else { return }
    signal(SIGPIPE, SIG_IGN)
    cprocesses_set_name(WorkerLink.processName)
    var questions = OrderPipe()
    while let question: Question = questions.next() {
      guard let bytes = try? MessageLine.bytes(answer(question)),
        PipeWriter.write(bytes, to: WorkerProcess.reportsDescriptor)
      else { break }
    }
  }
}
