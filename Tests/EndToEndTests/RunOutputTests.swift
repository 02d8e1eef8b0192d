import DurableFiles
import Foundation
import Glibc
import TestSupport
import Testing

/// The place of the result of `deepspool run`, and what a run that fails leaves and says.
@Suite("The output of run", .serialized)
struct RunOutputTests {
  private let temporary = TemporaryFolder()
  private var folder: String { temporary.path }

  private func file(_ name: String, _ text: String) throws -> String { try temporary.write(text, to: name) }

  @Test("faults of the data are JSON with their places, nothing else is printed, and no folder is left")
  func dataFaults() throws {
    let text = Programs.irisJob.replacing("Species", with: "Spezies") + "weights_column: w\n"
    let job = try file("wrong.yaml", text)
    let run = try Programs.deepspool(["run", job, "--json"])
    #expect(run.status == 65 && run.output.isEmpty && run.errors.split(separator: "\n").count == 1, "\(run)")
    #expect(try JSONSchema("error").faults(of: run.errors) == [])
    let error = try JSONSerialization.jsonObject(with: Data(run.errors.utf8)) as? [String: Any]
    let lines = (error?["faults"] as? [[String: Any]])?.compactMap { $0["line"] as? Int }
    #expect(lines == [2, 6], "\(run.errors)")
    #expect(try FileSystem().list(folder) == ["wrong.yaml"])
    let shown = try Programs.deepspool(["run", job])
    #expect(shown.errors.contains("wrong.yaml:2:18: error: ") && shown.errors.contains("wrong.yaml:6:17: error: "))
  }

  @Test("a link to a folder stays, and its folder gets the result; a link to nothing is refused")
  func links() throws {
    let job = try file("a.yaml", Programs.irisJob)
    let (real, link) = ("\(folder)/real", "\(folder)/link")
    #expect(try Programs.deepspool(["run", job, "--output", real]).status == 0)
    symlink(real, link)
    try FileSystem().write([], to: "\(real)/old")
    let run = try Programs.deepspool(["run", job, "--force", "--output", "\(link)/"])
    #expect(run.status == 0 && run.output.contains("result: \(real)"), "\(run)")
    #expect(try FileSystem().status(link).kind == .link && !FileSystem().exists("\(real)/old"))
    #expect(try FileSystem().list(folder) == ["a.yaml", "link", "real"])
    symlink("\(folder)/none", "\(folder)/broken")
    let broken = try Programs.deepspool(["run", job, "--output", "\(folder)/broken"])
    #expect(broken.status == 73 && broken.errors.contains("a symbolic link that leads nowhere"), "\(broken)")
  }

  @Test("a mount point is refused before the training")
  func mounts() throws {
    let job = try file("a.yaml", Programs.irisJob)
    let place = "\(folder)/mounted here"
    #expect(try Programs.deepspool(["run", job, "--output", place]).status == 0)
    let program = "mount --bind '\(place)' '\(place)' && '\(Programs.folder)/deepspool' run '\(job)' --force"
    let run = try Programs.run("/usr/bin/unshare", ["-m", "sh", "-c", "\(program) --output '\(place)'"])
    guard run.status != 1 else { return print("skipped: needs root to mount a file system") }
    #expect(run.status == 73 && run.errors.contains("is a mount point"), "\(run)")
    #expect(!run.errors.contains("iris.csv: "))
    #expect(try FileSystem().list(folder) == ["a.yaml", "mounted here"])
  }

  @Test("a run whose result another run is writing is refused, and leaves the other one's folder alone")
  func sameOutput() throws {
    let job = try file("a.yaml", Programs.irisJob)
    let work = "\(folder)/.a-result.running"
    try FileSystem().makeFolder(work)
    let other = open("\(work)/\(JobFolderLayout.runLockFile)", O_RDONLY | O_CREAT, 0o600)
    #expect(flock(other, LOCK_EX) == 0)
    let refused = try Programs.deepspool(["run", job])
    #expect(refused.status == 75 && refused.errors.contains("another run writes '"), "\(refused)")
    #expect(try FileSystem().list(work) == [JobFolderLayout.runLockFile])
    close(other)
    let run = try Programs.deepspool(["run", job])
    #expect(run.status == 0, "\(run)")
    #expect(try FileSystem().list(folder) == ["a-result", "a.yaml"])
  }

  @Test("a prediction tells its number of rows once")
  func prediction() throws {
    #expect(try Programs.deepspool(["run", try file("a.yaml", Programs.irisJob)]).status == 0)
    let job = try file("p.yaml", "kind: predict\nmodel: a-result\nframe: \(Programs.samples)/iris.csv\n")
    let run = try Programs.deepspool(["run", job])
    #expect(run.status == 0 && run.errors.components(separatedBy: "rows predicted").count == 2, "\(run)")
  }
}
