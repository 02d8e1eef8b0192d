internal import DurableFiles
package import Spooling
internal import Wording

extension DaemonConfiguration {
  /// Returns what this process cannot do in the directories of tables and exports, one sentence each.
  ///
  /// The daemon starts nevertheless: a disk may be mounted later, and jobs that need other directories can run.
  package func directoryProblems() -> [String] {
    let advice =
      "create it, or let the user of the service enter it; units hide /home, /root, /run/user, /tmp and /var/tmp"
    let unreadable = dataDirectories.compactMap { folder in
      Paths.obstacle(to: folder, isToBeWritten: false).map {
        "data_directories: no job can read tables in '\(folder.replacingControls)': \($0); \(advice)"
      }
    }
    let unwritable = exportDirectories.compactMap { folder in
      Paths.obstacle(to: folder, isToBeWritten: true).map {
        "export_directories: no job can export models to '\(folder.replacingControls)': \($0); \(advice), and others "
          + "are read-only unless the unit has them in ReadWritePaths="
      }
    }
    return unreadable + unwritable
  }
}
