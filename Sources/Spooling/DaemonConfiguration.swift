package import JobFiles
internal import Wording

/// The daemon's settings, merged from defaults, configuration file, environment and flags, and checked.
package struct DaemonConfiguration: Sendable, Equatable {
  /// Where the file is looked for when nobody says otherwise.
  package static let defaultPath = "/etc/deepspool/deepspoold.yaml"
  /// More threads or jobs than this are a slip of the keyboard.
  package static let maximumCount = 1024
  private static let maximumGraceSeconds = 86_400.0

  /// The spool's root folder.
  package var spool = "/var/spool/deepspool"
  /// Folders in which tables may be opened.
  package var dataDirectories = ["/var/lib/deepspool/data"]
  /// Folders beneath which finished models may be exported; none by default.
  package var exportDirectories: [String] = []
  package var maximumConcurrentJobs = 1
  package var threadsPerJob = 2
  /// Tables with more bytes, unpacked, are refused: they are read into memory.
  package var maximumTableBytes = 8 << 30
  /// What the jobs that run may need together, as estimated; nil for a share of what the machine has.
  package var maximumMemoryBytes: Int?
  /// Free bytes that stay on the spool's disk: with fewer, nothing is taken; nil for a tenth, at most 64 MiB.
  package var minimumFreeBytes: Int?
  /// Jobs of a group that run at once.
  package var groups: [String: Int] = [:]
  /// Days after which results are removed; nil for never.
  package var keepResultsDays: Double?
  /// Days after which jobs that are over, and rejected files, are removed; nil for never.
  package var keepHistoryDays: Double?
  /// Whether a table is opened only if the owner of the job file may read it too.
  package var submitterMustRead = true
  package var resultsGroup = ResultsGroup.service
  /// Seconds that running jobs get to leave a checkpoint when the daemon ends.
  package var stopGraceSeconds = 60.0

  package init() {}

  /// What is in force once `new` has been read while the daemon runs, and whether something was left out for which it must
  /// be started again: places are opened at the start.
  package func reloaded(_ new: DaemonConfiguration) -> (DaemonConfiguration, hasFrozenChanges: Bool) {
    var next = new
    (next.spool, next.dataDirectories, next.exportDirectories) = (spool, dataDirectories, exportDirectories)
    return (next, next != new)
  }

  /// The keys of the file, each with the variable of the environment that overrides it.
  private enum Key: String, CaseIterable {
    case spool
    case dataDirectories = "data_directories"
    case exportDirectories = "export_directories"
    case maximumConcurrentJobs = "max_concurrent_jobs"
    case threadsPerJob = "threads_per_job"
    case maximumTableBytes = "max_table_bytes"
    case maximumMemoryBytes = "max_memory_bytes"
    case minimumFreeBytes = "min_free_bytes"
    case groups
    case keepResultsDays = "keep_results_days"
    case keepHistoryDays = "keep_history_days"
    case submitterMustRead = "submitter_must_read"
    case resultsGroup = "results_group"
    case stopGraceSeconds = "stop_grace_seconds"

    var variable: String { "DEEPSPOOL_\(rawValue.uppercased())" }
  }

  /// Takes the settings of a file.
  ///
  /// - Throws: ``JobFileError`` with all faults: unknown keys, wrong types, values out of range.
  package mutating func apply(file bytes: [UInt8], path: String) throws(JobFileError) {
    guard let root = try DocumentReader.read(bytes, file: path, noun: "configuration") else { return }
    guard case .mapping(let entries) = root.content else {
      throw JobFileError([JobFileFault(at: root.location, "the configuration is a list of 'key: value' lines")])
    }
    var faults: [JobFileFault] = []
    for (key, node) in entries {
      guard let known = Key(rawValue: key.name) else {
        let hint = NearestWord.find(key.name, among: Key.allCases.map(\.rawValue)).map { " (did you mean '\($0)'?)" }
        faults.append(JobFileFault(at: key.location, "unknown key '\(key.name)'\(hint ?? "")"))
        continue
      }
      guard !node.isNull else { continue }
      do throws(ValueFault) {
        try set(known, node)
      } catch {
        faults.append(JobFileFault(at: error.location, "\(key.name): \(error.message)"))
      }
    }
    guard faults.isEmpty else { throw JobFileError(faults) }
  }

  /// Takes the settings of the environment: DEEPSPOOL_SPOOL and so on; folders, and groups as `name=limit`, separated by
  /// colons.
  package mutating func apply(environment: [String: String]) throws(JobFileError) {
    for key in Key.allCases {
      guard let text = environment[key.variable] else { continue }
      let location = SourceLocation(file: "environment variable \(key.variable)", line: 1, column: 1)
      func node(_ text: Substring) -> DocumentNode {
        DocumentNode(location: location, content: .scalar(String(text), isPlain: true))
      }
      let parts = text.split(separator: ":")
      let content: DocumentNode.Content =
        switch key {
        case .dataDirectories, .exportDirectories: .sequence(parts.map(node))
        case .groups:
          .mapping(
            parts.map { part in
              let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
              return (DocumentKey(name: String(sides[0]), location: location), node(sides.count == 2 ? sides[1] : ""))
            })
        default: .scalar(text, isPlain: true)
        }
      do throws(ValueFault) {
        try set(key, DocumentNode(location: location, content: content))
      } catch {
        throw JobFileError([JobFileFault(at: error.location, error.message)])
      }
    }
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

  private mutating func set(_ key: Key, _ node: DocumentNode) throws(ValueFault) {
    switch key {
    case .spool: spool = try Self.absolute(String.parse(node), node)
    case .dataDirectories: dataDirectories = try Self.folders(node)
    case .exportDirectories: exportDirectories = try Self.folders(node)
    case .maximumConcurrentJobs: maximumConcurrentJobs = try Self.count(node)
    case .threadsPerJob: threadsPerJob = try Self.count(node)
    case .maximumTableBytes: maximumTableBytes = try Self.bytes(node, least: 1)
    case .maximumMemoryBytes: maximumMemoryBytes = try Self.bytes(node, least: 1)
    case .minimumFreeBytes: minimumFreeBytes = try Self.bytes(node, least: 0)
    case .groups: groups = try Self.groups(node)
    case .keepResultsDays: keepResultsDays = try Self.days(node)
    case .keepHistoryDays: keepHistoryDays = try Self.days(node)
    case .submitterMustRead: submitterMustRead = try Bool.parse(node)
    case .resultsGroup:
      let text = try String.parse(node)
      guard let group = ResultsGroup(rawValue: text) else {
        let known = ResultsGroup.allCases.map(\.rawValue).joined(separator: " or ")
        throw ValueFault(at: node.location, "must be \(known), found '\(text)'")
      }
      resultsGroup = group
    case .stopGraceSeconds:
      stopGraceSeconds = try Double.parse(node)
      guard stopGraceSeconds > 0, stopGraceSeconds <= Self.maximumGraceSeconds else {
        throw ValueFault(at: node.location, "must be a number of seconds above 0, at most a day")
      }
    }
  }

  private static func bytes(_ node: DocumentNode, least: Int) throws(ValueFault) -> Int {
    let value = try Int.parse(node)
    guard value >= least else {
      throw ValueFault(at: node.location, "must be a number of bytes of at least \(least), found \(value)")
    }
    return value
  }

  private static func days(_ node: DocumentNode) throws(ValueFault) -> Double {
    let value = try Double.parse(node)
    guard value > 0, value.isFinite else {
      throw ValueFault(at: node.location, "must be a number of days above 0; leave it out to keep everything")
    }
    return value
  }

  private static func groups(_ node: DocumentNode) throws(ValueFault) -> [String: Int] {
    guard case .mapping(let entries) = node.content else {
      throw ValueFault(at: node.location, "must be a block of names, each with a number of jobs, found \(node.shape)")
    }
    var groups: [String: Int] = [:]
    for (key, limit) in entries {
      guard !key.name.isEmpty else { throw ValueFault(at: key.location, "a group needs a name") }
      groups[key.name] = try count(limit)
    }
    return groups
  }

  private static func folders(_ node: DocumentNode) throws(ValueFault) -> [String] {
    var folders: [String] = []
    for folder in try [String].parse(node) { folders.append(try absolute(folder, node)) }
    return folders
  }

  private static func absolute(_ path: String, _ node: DocumentNode) throws(ValueFault) -> String {
    guard path.hasPrefix("/") else { throw ValueFault(at: node.location, "must be an absolute path, found '\(path)'") }
    return path
  }

  private static func count(_ node: DocumentNode) throws(ValueFault) -> Int {
    let value = try Int.parse(node)
    guard (1...maximumCount).contains(value) else {
      throw ValueFault(at: node.location, "must be between 1 and \(maximumCount), found \(value)")
    }
    return value
  }
}
