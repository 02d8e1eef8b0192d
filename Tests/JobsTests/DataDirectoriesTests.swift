import DurableFiles
import Foundation
import JobEvents
import Jobs
import TestSupport
import Testing

@Suite("Data directories")
struct DataDirectoriesTests {
  private let folder = TemporaryFolder()

  /// Two data folders with a table each, and a secret file beside them.
  private func directories() throws -> DataDirectories {
    for name in ["a", "b"] { try FileSystem().makeFolder("\(folder.path)/\(name)") }
    for name in ["a/x.csv", "b/y.csv", "secret.csv"] {
      try FileSystem().write("x\n1\n".utf8, to: "\(folder.path)/\(name)")
    }
    return DataDirectories(["\(folder.path)/a", "\(folder.path)/b"])
  }

  private func failure(_ directories: DataDirectories, _ name: String) -> JobFailure? {
    do throws(JobFailure) {
      _ = try directories.resolve(name)
      return nil
    } catch {
      return error
    }
  }

  @Test("a name is looked up in each folder, in order; an absolute path below one is used as it is")
  func found() throws {
    let directories = try directories()
    let real = try #require(Paths.resolved(folder.path))
    #expect(try directories.resolve("x.csv") == "\(real)/a/x.csv")
    #expect(try directories.resolve("y.csv") == "\(real)/b/y.csv")
    #expect(try directories.resolve("\(real)/b/y.csv") == "\(real)/b/y.csv")
  }

  @Test("paths, .. and symbolic links cannot lead outside, and the answer does not reveal what exists there")
  func outside() throws {
    let directories = try directories()
    #expect(symlink("\(folder.path)/secret.csv", "\(folder.path)/a/link.csv") == 0)
    for name in ["../secret.csv", "\(folder.path)/secret.csv", "b/../../secret.csv", "link.csv", "/etc/passwd"] {
      let failed = failure(directories, name)
      #expect(
        failed?.cause == .job && failed?.description.contains("was not found in the data directories") == true,
        "\(name)"
      )
    }
    let (there, notThere) = (failure(directories, "../secret.csv"), failure(directories, "../nothing.csv"))
    #expect(
      there?.description.replacingOccurrences(of: "secret", with: "nothing") == notThere?.description)
  }

  @Test("missing, outside, linked and unreadable files have one answer")
  func oneAnswer() throws {
    let user = FileOpener.user(UserAccess(userID: 61_050, groupIDs: []), below: "/")
    _ = try directories()
    let directories = DataDirectories(["\(folder.path)/a"], opener: user)
    try FileSystem().setMode(folder.path, 0o755)
    try FileSystem().setMode("\(folder.path)/a", 0o755)
    try FileSystem().write("x".utf8, to: "\(folder.path)/a/secret", mode: 0o600)
    try FileSystem().write("x".utf8, to: "\(folder.path)/a/public", mode: 0o644)
    symlink("secret", "\(folder.path)/a/linked")
    try FileSystem().makeFolder("\(folder.path)/a/closed", mode: 0o700)
    try FileSystem().write("x".utf8, to: "\(folder.path)/a/closed/file", mode: 0o644)
    let answers = ["secret", "linked", "closed/file", "nothing", "../secret.csv", "/etc/passwd"].map { name in
      failure(directories, name)?.description.replacing("'\(name)'", with: "NAME")
    }
    #expect(Set(answers).count == 1 && answers[0]?.hasPrefix("NAME was not found in") == true, "\(answers)")
    #expect(failure(directories, "public") == nil)
  }

  @Test("a missing table is reported with the folders that were searched")
  func missing() throws {
    let failed = failure(try directories(), "missing.csv")
    #expect(
      failed?.description
        == "'missing.csv' was not found in the data directories (\(folder.path)/a, \(folder.path)/b), or the submitter "
        + "of the job or the service may not read it; copy it to '\(folder.path)/a', or if it is there, let the submitter "
        + "and the service read it and enter its folders. A path is relative to a data directory, or absolute and in one; "
        + "links must not lead out of it")
    let none = failure(DataDirectories([]), "z.csv")?.description
    #expect(none?.contains("the daemon has no data directories") == true)
    #expect(none?.contains("ask an administrator of the service to set data_directories") == true)
    let exports = failure(DataDirectories(["\(folder.path)/a"], for: .exports), "models")?.description
    #expect(exports?.contains("was not found in the export directories") == true)
    #expect(exports?.contains("make the folder there") == true)
  }

  @Test("a near miss is suggested, but only if the submitter may list the folder and read the file")
  func nearMiss() throws {
    let user = FileOpener.user(UserAccess(userID: 61_050, groupIDs: []), below: "/")
    _ = try directories()
    let data = "\(folder.path)/a"
    for path in [folder.path, data] { try FileSystem().setMode(path, 0o755) }
    try FileSystem().write("x".utf8, to: "\(data)/flowers.csv")
    try FileSystem().setMode("\(data)/flowers.csv", 0o644)
    try FileSystem().write("x".utf8, to: "\(data)/salaries.csv", mode: 0o600)
    try FileSystem().makeFolder("\(data)/drop", mode: 0o711)
    try FileSystem().setMode("\(data)/drop", 0o711)
    try FileSystem().write("x".utf8, to: "\(data)/drop/flowers.csv")
    try FileSystem().setMode("\(data)/drop/flowers.csv", 0o644)
    func suggests(_ name: String, _ meant: String?, _ opener: FileOpener = user) {
      let text = failure(DataDirectories([data], opener: opener), name)?.description ?? "found"
      #expect(text.contains(meant.map { "(did you mean '\($0)'?)" } ?? "may not read it;"), "\(text)")
    }
    suggests("flower.csv", "flowers.csv")
    suggests("flowers", "flowers.csv")
    suggests("\(data)/flower.csv", "\(data)/flowers.csv")
    suggests("salarie.csv", nil)
    suggests("drop/flower.csv", nil)
    suggests("drop/flower.csv", "drop/flowers.csv", .process)
    suggests("../a/flower.csv", nil)
    suggests("trees.csv", nil)
  }
}
