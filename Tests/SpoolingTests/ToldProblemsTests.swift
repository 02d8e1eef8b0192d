import DurableFiles
import Spooling
import Testing

@Suite("Repeated problems")
struct ToldProblemsTests {
  @Test("the same problem is reported once a minute, whatever the file; another one at once")
  func repeats() {
    var told = ToldProblems()
    func error(_ operation: String, _ name: String, _ code: Int32) -> FileSystemError {
      FileSystemError(operation: operation, path: "/spool/\(name)", code: code)
    }
    let cases: [(error: FileSystemError, seconds: Double, isNews: Bool)] = [
      (error("write", ".partial.1", 28), 0, true), (error("write", ".partial.2", 28), 1, false),
      (error("sync", ".partial.3", 28), 2, true), (error("write", ".partial.4", 5), 3, true),
      (error("write", ".partial.5", 28), 59, false), (error("write", ".partial.6", 28), 60, true),
      (error("rename", "x", 28), 60, true), (error("rename", "y", 28), 61, false),
    ]
    for (number, example) in cases.enumerated() {
      let isNews = told.isNews(example.error, nowSeconds: example.seconds)
      #expect(isNews == example.isNews, "case \(number)")
    }
  }
}
