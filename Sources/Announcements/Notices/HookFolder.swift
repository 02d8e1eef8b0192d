package import DurableFiles

/// The folder of the executables that run when a job ends.
package struct HookFolder: Sendable {
  /// The hooks that may run, in order, and what is wrong with others.
  package struct Content: Sendable, Equatable {
    /// Paths, in order of their names.
    package var hooks: [String] = []
    /// Sentences for the administrator.
    package var problems: [String] = []

    package init(hooks: [String] = [], problems: [String] = []) {
      self.hooks = hooks
      self.problems = problems
    }
  }

  private static let (writableByOthers, executable): (UInt32, UInt32) = (0o022, 0o111)

  private static let interpreterMark = Array("#!".utf8)

  private let path: String
  private let fileSystem: FileSystem

  package init(_ path: String, _ fileSystem: FileSystem) {
    self.path = path
    self.fileSystem = fileSystem
  }

  /// Whether the folder has hooks; false if it does not exist or cannot be read.
  package var hasHooks: Bool { (try? fileSystem.list(path))?.contains { !Self.isIgnored($0) } ?? false }

  /// Returns the hooks that may run.
  ///
  /// Whoever can change a hook or its folder can act as the user of deepspool-notify, so both must belong to root or
  /// to that user, and nobody else may be able to write to them.
  package func content() -> Content {
    guard let names = try? fileSystem.list(path) else { return Content() }
    if let problem = problem(of: path, noun: "folder", kind: .folder) { return Content(problems: [problem]) }
    var content = Content()
    for name in names where !Self.isIgnored(name) {
      let hook = "\(path)/\(name)"
      if let problem = problem(of: hook, noun: "regular file", kind: .file) {
        content.problems.append(problem)
      } else if isExecutable(hook) {
        content.hooks.append(hook)
      } else if isScript(hook) {
        content.problems.append(
          "'\(hook)' was not run: it is not executable (chmod +x; a name that begins with a point turns it off)")
      }
    }
    return content
  }

  /// Returns whether a name belongs to an editor, a package manager or nobody.
  private static func isIgnored(_ name: String) -> Bool {
    name.hasPrefix(".") || name.hasSuffix("~") || [".dpkg-", ".rpm", ".ucf-"].contains { name.contains($0) }
  }

  private func isExecutable(_ path: String) -> Bool {
    (try? fileSystem.status(path)).map { $0.mode & Self.executable != 0 } ?? false
  }

  /// Returns whether a file names its interpreter, so that it is meant to run, unlike a README.
  private func isScript(_ path: String) -> Bool {
    (try? OpenedFile(path).read(first: Self.interpreterMark.count)) == Self.interpreterMark
  }

  private func problem(of path: String, noun: String, kind: FileSystem.Status.Kind) -> String? {
    guard let status = try? fileSystem.status(path) else { return nil }
    guard status.kind == kind else { return "'\(path)' was not run: it is not a \(noun) itself (no links)" }
    guard [0, UserAccess.ownUserID].contains(status.ownerID) else {
      return "'\(path)' was not run: it does not belong to root (chown root)"
    }
    guard status.mode & Self.writableByOthers == 0 else {
      return "'\(path)' was not run: its group or everyone may write to it (chmod go-w)"
    }
    return nil
  }
}
