internal import Documents
internal import JobFiles

/// A row of ``DaemonParameters`` with the property of ``DaemonConfiguration`` that it sets.
struct DaemonSetting: Sendable {
  /// The form of a value in an environment variable.
  enum EnvironmentSpelling: Sendable {
    /// A single value.
    case plain
    /// A list such as `/a:/b`, as in PATH.
    case list
    /// A block such as `name=limit:other=limit`.
    case block
  }

  let row: any ParameterRow
  /// Whether a change takes effect only after a restart, because paths are opened at startup.
  let isFrozen: Bool
  private let spelling: EnvironmentSpelling
  private let store: @Sendable (any ParameterValue, inout DaemonConfiguration) -> Void
  private let copy: @Sendable (DaemonConfiguration, inout DaemonConfiguration) -> Void
  private let read: @Sendable (DaemonConfiguration) -> any ParameterValue

  private init<Value: ParameterValue>(
    _ row: Parameter<Value>, _ path: any WritableKeyPath<DaemonConfiguration, Value> & Sendable,
    isFrozen: Bool = false, spelling: EnvironmentSpelling = .plain
  ) {
    self.row = row
    self.isFrozen = isFrozen
    self.spelling = spelling
    store = { value, configuration in
      guard let value = value as? Value else { preconditionFailure("\(row.key) was given a \(type(of: value))") }
      configuration[keyPath: path] = value
    }
    copy = { $1[keyPath: path] = $0[keyPath: path] }
    read = { $0[keyPath: path] }
  }

  /// All settings, in the order of the shipped configuration file.
  static let all: [DaemonSetting] = {
    let rows = DaemonParameters.shared
    return [
      DaemonSetting(rows.spool, \.spool, isFrozen: true),
      DaemonSetting(rows.dataDirectories, \.dataDirectories, spelling: .list),
      DaemonSetting(rows.exportDirectories, \.exportDirectories, spelling: .list),
      DaemonSetting(rows.maximumConcurrentJobs, \.maximumConcurrentJobs),
      DaemonSetting(rows.threadsPerJob, \.threadsPerJob),
      DaemonSetting(rows.mpiLauncher, \.mpiLauncher),
      DaemonSetting(rows.maximumTableBytes, \.maximumTableBytes),
      DaemonSetting(rows.maximumMemoryBytes, \.maximumMemoryBytes),
      DaemonSetting(rows.minimumFreeBytes, \.minimumFreeBytes),
      DaemonSetting(rows.foreignNamesSeconds, \.foreignNamesSeconds),
      DaemonSetting(rows.groups, \.groupLimits, spelling: .block),
      DaemonSetting(rows.maximumRuntimeSeconds, \.maximumRuntimeSeconds),
      DaemonSetting(rows.maximumQueuedJobs, \.maximumQueuedJobs),
      DaemonSetting(rows.maximumResultBytes, \.maximumResultBytes),
      DaemonSetting(rows.keepResultsDays, \.keepResultsDays),
      DaemonSetting(rows.keepHistoryDays, \.keepHistoryDays),
      DaemonSetting(rows.submitterMustRead, \.submitterMustRead),
      DaemonSetting(rows.rootCountsAs, \.rootCountsAs),
      DaemonSetting(rows.operators, \.operators),
      DaemonSetting(rows.resultsGroup, \.resultsGroup),
      DaemonSetting(rows.stopGraceSeconds, \.stopGraceSeconds),
      DaemonSetting(rows.workerPatienceSeconds, \.workerPatienceSeconds),
      DaemonSetting(rows.hooksDirectory, \.hooksDirectory),
      DaemonSetting(rows.hookSeconds, \.hookSeconds),
      DaemonSetting(rows.mailSubmitters, \.mailSubmitters),
      DaemonSetting(rows.mailFailuresTo, \.mailFailuresTo),
    ]
  }()

  /// Parses `node` and stores its value in the configuration.
  func apply(_ node: DocumentNode, to configuration: inout DaemonConfiguration) throws(ValueFault) {
    store(try row.parse(node), &configuration)
  }

  /// Copies the setting from `old` to `new`.
  func keep(_ old: DaemonConfiguration, in new: inout DaemonConfiguration) { copy(old, &new) }

  /// Returns the value of the setting.
  func value(in configuration: DaemonConfiguration) -> any ParameterValue { read(configuration) }

  /// The environment variable that overrides the configuration file.
  var variable: String { "DEEPSPOOL_\(row.key.uppercased())" }

  /// Returns the text of an environment variable as a document node.
  func node(of text: String) -> DocumentNode {
    let location = SourceLocation(file: "environment variable \(variable)", line: 1, column: 1)
    func node(_ text: Substring) -> DocumentNode {
      DocumentNode(location: location, content: .scalar(String(text), isPlain: true))
    }
    let parts = text.split(separator: ":")
    let content: DocumentNode.Content =
      switch spelling {
      case .plain: .scalar(text, isPlain: true)
      case .list: .sequence(parts.map(node))
      case .block:
        .mapping(
          parts.map { part in
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (DocumentKey(name: String(sides[0]), location: location), node(sides.count == 2 ? sides[1] : ""))
          })
      }
    return DocumentNode(location: location, content: content)
  }
}
