import Announcements
import DurableFiles
import Foundation
import Spooling
import Testing

@Suite("The index pages")
struct IndexTests {
  private static let running = JobIdentifier(number: 1, name: "running")
  private static let finished = JobIdentifier(number: 2, name: "finished")
  private static let failed = JobIdentifier(number: 3, name: "failed")

  private func page(_ spool: TestFolders, _ name: String = IndexFolder.sharedName) throws -> String {
    String(decoding: try FileSystem().read("\(spool.layout.results)/\(name)", limit: 1 << 26), as: UTF8.self)
  }

  private func write(_ spool: TestFolders) throws {
    try IndexFolder(spool.directory, progress: [Self.running: "61 %"], nowSeconds: 1_000_000_000).write()
  }

  @Test("running and waiting jobs come first, then ended ones, the newest first, with links to their reports")
  func order() throws {
    let spool = try TestFolders()
    try spool.add(Self.finished, in: .finished)
    try FileSystem().makeFolder(spool.layout.result(Self.finished))
    try FileSystem().write([], to: "\(spool.layout.result(Self.finished))/\(JobFolderLayout.reportFile)")
    try spool.add(Self.failed, in: .failed, files: [JobFolderLayout.reasonFile: "<b>&\"'\nmore\n"])
    try spool.add(Self.running, in: .running, files: [JobFolderLayout.reportFile: ""])
    try write(spool)
    let text = try page(spool)
    let ids = text.matches(of: /<th scope="row" role="rowheader">(?:<a href="([^"]*)">)?([\w-]+)/)
    #expect(ids.map { String($0.output.2) } == ["000001-running", "000003-failed", "000002-finished"])
    #expect(
      ids.map { $0.output.1.map(String.init) } == [
        "../running/000001-running/report.html", nil, "000002-finished/report.html",
      ])
    #expect(text.contains("data-title=\"Outcome\" class=\"long\">61 %</td>"))
    #expect(text.contains("class=\"long\">&lt;b&gt;&amp;&quot;&#39;</td>"))
    #expect(text.contains("<tr data-state=\"failed\" data-user=\"ann\" role=\"row\">"))
    #expect(text.contains("http-equiv=\"refresh\""))
    #expect(text.hasSuffix("</html>\n"))
  }

  @Test("the page has a caption, a region that scrolls, and the outcome of predictions; it tells of rejected files")
  func wording() throws {
    let spool = try TestFolders()
    let event = "{\"time\": 101, \"event\": \"finished\", \"ending\": \"380 rows predicted\", \"epochs\": 0}\n"
    try spool.add(Self.finished, in: .finished, files: [JobFolderLayout.eventsFile: event])
    try write(spool)
    let text = try page(spool)
    #expect(text.contains("class=\"long\">380 rows predicted</td>") && !text.contains("training rows"))
    #expect(text.contains("<caption>Jobs: ") && text.contains("tabindex=\"0\" role=\"region\" aria-label=\"Jobs\""))
    #expect(!text.contains("rejected"))
    for name in ["secret.yaml", "secret.yaml.why", "other.yaml.why"] {
      try FileSystem().write([], to: "\(spool.layout.rejected)/\(name)")
    }
    try write(spool)
    #expect(try page(spool).contains("2 rejected files are not listed: see \(spool.layout.rejected), where each lies"))
    #expect(try !page(spool).contains("secret"))
  }

  @Test("a page without running or waiting jobs does not reload")
  func quiet() throws {
    let spool = try TestFolders()
    try spool.add(Self.finished, in: .finished)
    try write(spool)
    #expect(try !page(spool).contains("http-equiv=\"refresh\""))
  }

  @Test("nothing on the page comes from elsewhere")
  func offline() throws {
    let spool = try TestFolders()
    try write(spool)
    let text = try page(spool)
    #expect(text.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\""))
    #expect(!text.contains("http:"))
    #expect(!text.contains("https:"))
  }

  @Test("a private job is on the page of its submitter only, which is removed with the last private job")
  func privacy() throws {
    let spool = try TestFolders()
    try spool.add(Self.finished, in: .finished)
    try spool.add(Self.failed, in: .failed, userID: 61_020, user: "bob")
    let folder = spool.layout.folder(Self.failed, in: .failed)
    guard (try? FileSystem().makePrivate(tree: folder, for: 61_020)) != nil else {
      return print("skipped: no access control lists on \(NSTemporaryDirectory())")
    }
    try write(spool)
    #expect(try page(spool).contains("000002-finished"))
    #expect(try !page(spool).contains("000003-failed"))
    #expect(try page(spool, "index-bob.html").contains("000003-failed"))
    #expect(try !page(spool, "index-bob.html").contains("000002-finished"))
    #expect(try page(spool, "index-bob.html").contains("<h1>Jobs of bob</h1>"))
    // Both users are in the group that may list the folder; only one may read the page.
    let path = "\(spool.layout.results)/index-bob.html"
    let group = try FileSystem().status(spool.layout.results).groupID
    func opener(_ userID: UInt32) -> FileOpener {
      .user(UserAccess(userID: userID, groupIDs: [group]), below: spool.layout.results)
    }
    let (reader, member) = (opener(61_020), opener(61_021))
    #expect((try? FileSystem().reading(by: reader).read(path, limit: 1 << 20)) != nil)
    #expect((try? FileSystem().reading(by: member).read(path, limit: 1 << 20)) == nil)
    try FileSystem().removeTree(spool.layout.folder(Self.failed, in: .failed))
    try write(spool)
    #expect(try FileSystem().list(spool.layout.results) == [IndexFolder.sharedName])
  }

  @Test("the listing of a spool takes no page for a result")
  func listing() throws {
    let spool = try TestFolders()
    try write(spool)
    #expect(try SpoolListing.read(spool.layout, fileSystem: FileSystem()).results.isEmpty)
  }
}
