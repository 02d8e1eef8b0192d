internal import DurableFiles
internal import Jobs

/// How a job names a table, so that both `deepspool run` and the service of this machine find it.
struct TablePlace {
  /// The name for the job file.
  let name: String
  /// What to do before the job is submitted; nil if the service finds the table, or if there is no service.
  let note: String?

  /// - Parameters:
  ///   - table: The path of the table.
  ///   - relative: Its path relative to the job file.
  ///   - folders: The folders from which the service opens tables; none without a service.
  init(_ table: String, relative: String, folders: [String]) {
    let data = DataDirectories(folders)
    guard !folders.isEmpty, let real = Paths.resolved(table) else {
      (name, note) = (relative, nil)
      return
    }
    guard (try? data.resolve(real)) != nil else {
      let places = folders.joined(separator: ", ")
      (name, note) = (
        relative,
        "The service opens tables in \(places) only: before `deepspool submit`, copy the table there and name it "
          + "relative to that folder."
      )
      return
    }
    // The service does not follow a path that leads upwards.
    (name, note) = ((try? data.resolve(relative)) == real ? relative : real, nil)
  }
}
