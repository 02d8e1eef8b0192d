package import Documents
internal import JobFiles

/// The daemon's settings, merged from defaults, configuration file, environment and flags, and checked.
package struct DaemonConfiguration: Sendable, Equatable {
  /// Where the file is looked for when nobody says otherwise.
  package static let defaultPath = "/etc/deepspool/deepspoold.yaml"
  /// More threads or jobs than this are a slip of the keyboard.
  package static let maximumCount = 1024
  private static let shownCharacters = 80
  private static let parameters = DaemonParameters.shared

  /// The spool's root folder.
  package var spool = parameters.spool.defaultValue
  /// Folders in which tables may be opened.
  package var dataDirectories = parameters.dataDirectories.defaultValue
  /// Folders beneath which finished models may be exported; none by default.
  package var exportDirectories: [String] = []
  package var maximumConcurrentJobs = parameters.maximumConcurrentJobs.defaultValue
  package var threadsPerJob = parameters.threadsPerJob.defaultValue
  /// Tables with more bytes, unpacked, are refused: they are read into memory.
  package var maximumTableBytes = parameters.maximumTableBytes.defaultValue
  /// What the jobs that run may need together, as estimated; nil for a share of what the machine has.
  package var maximumMemoryBytes: Int?
  /// Free bytes that stay on the spool's disk: with fewer, nothing is taken; nil for a tenth, at most 64 MiB.
  package var minimumFreeBytes: Int?
  /// Jobs of a group that run at once.
  package var groups: [String: Int] { groupLimits.counts }
  var groupLimits = parameters.groups.defaultValue
  /// Days after which results are removed; nil for never.
  package var keepResultsDays: Double?
  /// Days after which jobs that are over, and rejected files, are removed; nil for never.
  package var keepHistoryDays: Double?
  /// Whether a table is opened only if the owner of the job file may read it too.
  package var submitterMustRead = parameters.submitterMustRead.defaultValue
  package var resultsGroup = parameters.resultsGroup.defaultValue
  /// Seconds that running jobs get to leave a checkpoint when the daemon ends.
  package var stopGraceSeconds = parameters.stopGraceSeconds.defaultValue
  /// Seconds without progress after which the process of a job is ended.
  package var workerPatienceSeconds = parameters.workerPatienceSeconds.defaultValue

  package init() {}

  /// What is in force once `new` has been read while the daemon runs, and whether something was left out for which it must
  /// be started again: places are opened at the start.
  package func reloaded(_ new: DaemonConfiguration) -> (DaemonConfiguration, hasFrozenChanges: Bool) {
    var next = new
    for setting in DaemonSetting.all where setting.isFrozen { setting.keep(self, in: &next) }
    return (next, next != new)
  }

  /// Takes the settings of a file.
  ///
  /// - Throws: ``DocumentError`` with all faults: unknown keys, wrong types, values out of range.
  package mutating func apply(file bytes: [UInt8], path: String) throws(DocumentError) {
    guard let root = try DocumentReader.read(bytes, file: path, noun: "configuration") else { return }
    guard case .mapping(let entries) = root.content else {
      throw DocumentError([DocumentFault(at: root.location, "the configuration is a list of 'key: value' lines")])
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

  /// Takes the settings of the environment: DEEPSPOOL_SPOOL and so on; folders, and groups as `name=limit`, separated by
  /// colons.
  ///
  /// - Throws: ``DocumentError`` with all faults.
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

  /// What the queue obeys; `memoryBytes`: what jobs may have if the settings do not say.
  package func limits(memoryBytes: Int) -> QueueLimits {
    QueueLimits(
      maximumRunning: maximumConcurrentJobs, groups: groups, memoryBytes: maximumMemoryBytes ?? memoryBytes,
      minimumFreeBytes: minimumFreeBytes)
  }

  /// How long things are kept.
  package var retention: Retention {
    let secondsPerDay = 86_400.0
    return Retention(
      resultsSeconds: keepResultsDays.map { $0 * secondsPerDay },
      historySeconds: keepHistoryDays.map { $0 * secondsPerDay })
  }
}
