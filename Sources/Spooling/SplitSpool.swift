internal import DurableFiles

/// Two folders of a spool between which files cannot be renamed, because they are on different file systems.
package struct SplitSpool: Error, Sendable, Equatable, CustomStringConvertible {
  package let first: String
  package let second: String

  package var description: String {
    "\(Self.place(first)) and \(Self.place(second)) are on different file systems; every step of a job is a rename, "
      + "so a spool must be on one file system, without mounts or symbolic links to other file systems in it. "
      + "Move the whole spool (key 'spool') instead of one of its folders"
  }

  /// Returns a path in quotes, with the target of a symbolic link.
  private static func place(_ path: String) -> String {
    guard let target = Paths.linkTarget(path) else { return "'\(path)'" }
    return "'\(path)' (a link to '\(target)')"
  }
}

extension SpoolDirectory {
  /// Checks that files can be renamed between all folders through which jobs move, by moving an empty file through them.
  ///
  /// The order to run a job again becomes part of the new job.
  ///
  /// Comparing device numbers is not enough: the system also refuses to rename between two mounts of one
  /// file system. On a full or read-only disk nothing can be checked, and later steps report the problem.
  ///
  /// - Throws: ``SplitSpool``.
  package func checkRenames() throws(SplitSpool) {
    let name = ".rename-check-\(UInt64.random(in: 0 ... .max))"
    let folders =
      [layout.orders(.rerun), layout.incoming] + JobState.allCases.map(layout.folder) + [
        layout.results, layout.rejected,
      ]
    var current = layout.root
    guard (try? fileSystem.write([], to: "\(current)/\(name)", isDurable: false)) != nil else { return }
    defer { try? fileSystem.remove("\(current)/\(name)") }
    for folder in folders {
      do throws(FileSystemError) {
        try fileSystem.rename("\(current)/\(name)", to: "\(folder)/\(name)")
        current = folder
      } catch {
        guard error.isOtherFileSystem else { return }
        throw SplitSpool(first: current, second: folder)
      }
    }
  }
}
