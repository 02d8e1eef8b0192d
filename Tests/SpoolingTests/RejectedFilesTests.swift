import DurableFiles
import Foundation
import Glibc
import Spooling
import Testing

@Suite("Readers of rejected files")
struct RejectedFilesTests {
  private static let submitter: UInt32 = 61_005

  private func isReadable(_ path: String, by userID: UInt32) -> Bool {
    let access = UserAccess(userID: userID, groupIDs: [getegid()])
    return (try? OpenedFile(path, by: .user(access, below: Paths.folder(of: path)))) != nil
  }

  @Test(
    "rejected files and their reasons are for the members, or for the submitter alone",
    .enabled(if: geteuid() == 0, "needs root"), arguments: [ResultsGroup.service, .submitter])
  func readers(_ group: ResultsGroup) async throws {
    let spool = TestSpool(QueueLimits(maximumRunning: 1, foreignNameSeconds: 0), resultsGroup: group)
    let text = "training_frame: secret.csv\nnonsense: 1\n"
    try await spool.queue.recoverSettled()
    try spool.drop("bad.yaml", text, by: Self.submitter)
    try spool.drop("notes.txt", text, by: Self.submitter)
    chown("\(spool.layout.incoming)/bad.yaml", Self.submitter, getegid())
    try await spool.queue.takeSettled("bad.yaml")
    try await spool.queue.takeSettled("notes.txt")
    let names = ["bad.why", "bad.yaml", "notes.rejected", "notes.why"]
    #expect(try FileSystem().list(spool.layout.rejected) == names)
    for name in names {
      let path = "\(spool.layout.rejected)/\(name)"
      if group == .submitter {
        #expect(isReadable(path, by: Self.submitter), "\(name)")
        #expect(!isReadable(path, by: 61_006), "\(name)")
      } else if name.hasSuffix(".why") {
        #expect(isReadable(path, by: 61_006), "\(name)")
      }
      if !name.hasSuffix(".why") {
        #expect(try FileSystem().read(path, limit: 1000) == Array(text.utf8), "\(name)")
      }
    }
    #expect(try FileSystem().list(spool.layout.incoming).isEmpty)
    #expect(spool.events == ["rejected bad.yaml", "rejected notes.txt"])
  }
}
