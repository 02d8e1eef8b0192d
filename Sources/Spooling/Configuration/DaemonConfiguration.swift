package import Documents
internal import JobFiles

/// The validated settings of the daemon, merged from defaults, configuration file, environment and flags.
package struct DaemonConfiguration: Sendable, Equatable {
  /// The path of the configuration file unless `--config` names another.
  package static let defaultPath = "/etc/deepspool/deepspoold.yaml"
  /// The upper limit for numbers of threads and jobs; a larger number is treated as a typing error.
  package static let maximumCount = 1024
  private static let shownCharacters = 80
  private static let parameters = DaemonParameters.shared

  /// The root folder of the spool.
  package var spool = parameters.spool.defaultValue
  /// Folders from which the daemon may open tables.
  package var dataDirectories = parameters.dataDirectories.defaultValue
  /// Folders into which jobs may export finished models; none by default.
  package var exportDirectories: [String] = []
  package var maximumConcurrentJobs = parameters.maximumConcurrentJobs.defaultValue
  package var threadsPerJob = parameters.threadsPerJob.defaultValue
  /// The maximum size of an uncompressed table, because tables are read into memory.
  package var maximumTableBytes = parameters.maximumTableBytes.defaultValue
  /// The limit for the estimated memory of all running jobs; nil for a share of the machine's memory.
  package var maximumMemoryBytes: Int?
  /// The free space below which no file is taken from `incoming`; nil for a tenth of the disk, at
  /// most 64 MiB.
  package var minimumFreeBytes: Int?
  /// The maximum number of running jobs per group.
  package var groups: [String: Int] { groupLimits.counts }
  var groupLimits = parameters.groups.defaultValue
  /// The age in days at which results are removed; nil for never.
  package var keepResultsDays: Double?
  /// The age in days at which ended jobs and rejected files are removed; nil for never.
  package var keepHistoryDays: Double?
  /// Whether the submitter of a job must have read permission for its tables.
  package var submitterMustRead = parameters.submitterMustRead.defaultValue
  /// The user as whom jobs in files of root run.
  package var rootCountsAs = parameters.rootCountsAs.defaultValue
  package var resultsGroup = parameters.resultsGroup.defaultValue
  /// The seconds that running jobs get to write a checkpoint when the daemon stops.
  package var stopGraceSeconds = parameters.stopGraceSeconds.defaultValue
  /// The seconds without progress after which the daemon ends a worker process.
  package var workerPatienceSeconds = parameters.workerPatienceSeconds.defaultValue

  package init() {}

  /// Returns the settings in effect after a reload, and whether some changes require a restart.
  ///
  /// Paths are opened at startup, so changes to them take effect only after a restart.
  package func reloaded(_ new: DaemonConfiguration) -> (DaemonConfiguration, hasFrozenChanges: Bool) {
    var next = new
    for setting in DaemonSetting.all where setting.isFrozen { setting.keep(self, in: &next) }
    return (next, next != new)
  }

  /// Merges the settings of a configuration file.
  ///
  /// - Throws: ``DocumentError`` with all errors: unknown keys, wrong types, values out of range.
  package mutating func apply(file bytes: [UInt8], path: String) throws(DocumentError) {
    guard let root = try DocumentReader.read(bytes, file: path, noun: "configuration") else { return }
    guard case .mapping(let entries) = root.content else {
      throw DocumentError([DocumentFault(at: root.location, "a configuration consists of 'key: value' lines")])
    }
    let settings = Dictionary(uniqueKeysWithValues: DaemonSetting.all.map { ($0.row.key, $0) })
    var suggestions = KeySuggestions()
    var faults: [DocumentFault] = []
    for (key, node) in entries {
      guard let setting = settings[key.name] else {
        let hint = suggestions.hint(for: key.name) { DaemonSetting.all.map(\.row.key) }
        faults.append(DocumentFault(at: key.location, "unknown key '\(key.name.prefix(Self.shownCharacters))'\(hint)"))
        continue
      }
      guard !node.isNull else { continue }
      do throws(ValueFault) {
        try setting.apply(node, to: &self)
      } catch {
        faults.append(
          DocumentFault(at: error.location, "\(key.name): \(suggestions.message(of: error))", key: key.name))
      }
    }
    guard faults.isEmpty else { throw DocumentError(faults) }
  }

  /// Merges the settings of environment variables such as `DEEPSPOOL_SPOOL`.
  ///
  /// Colons separate folders, and groups written as `name=limit`.
  ///
  /// - Throws: ``DocumentError`` with all errors.
  package mutating func apply(environment: [String: String]) throws(DocumentError) {
    var suggestions = KeySuggestions()
    var faults: [DocumentFault] = []
    for setting in DaemonSetting.all {
      guard let text = environment[setting.variable] else { continue }
      do throws(ValueFault) {
        try setting.apply(setting.node(of: text), to: &self)
      } catch {
        faults.append(DocumentFault(at: error.location, suggestions.message(of: error), key: setting.row.key))
      }
    }
    guard faults.isEmpty else { throw DocumentError(faults) }
  }

  /// Returns the limits of the queue.
  ///
  /// `memoryBytes`: The memory for jobs unless `max_memory_bytes` is set.
  package func limits(memoryBytes: Int) -> QueueLimits {
    QueueLimits(
      maximumRunning: maximumConcurrentJobs, groups: groups, memoryBytes: maximumMemoryBytes ?? memoryBytes,
      minimumFreeBytes: minimumFreeBytes)
  }

  /// The time for which results and history are kept.
  package var retention: Retention {
    let secondsPerDay = 86_400.0
    return Retention(
      resultsSeconds: keepResultsDays.map { $0 * secondsPerDay },
      historySeconds: keepHistoryDays.map { $0 * secondsPerDay })
  }
}
