internal import Documents
internal import JobFiles

/// A row of ``DaemonParameters`` and the setting that it fills.
struct DaemonSetting: Sendable {
  /// How a list or a block stands in a variable of the environment.
  enum EnvironmentSpelling: Sendable {
    /// Not at all: the text is one value.
    case plain
    /// `/a:/b`, as in PATH.
    case list
    /// `name=limit:other=limit`.
    case block
  }

  let row: any ParameterRow
  /// Whether it takes effect at the start only: places are opened then.
  let isFrozen: Bool
  private let spelling: EnvironmentSpelling
  private let store: @Sendable (any ParameterValue, inout DaemonConfiguration) -> Void
  private let copy: @Sendable (DaemonConfiguration, inout DaemonConfiguration) -> Void

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
  }

  /// All of them, in the order of the shipped file.
  static let all: [DaemonSetting] = {
    let rows = DaemonParameters.shared
    return [
      DaemonSetting(rows.spool, \.spool, isFrozen: true),
      DaemonSetting(rows.dataDirectories, \.dataDirectories, isFrozen: true, spelling: .list),
      DaemonSetting(rows.exportDirectories, \.exportDirectories, isFrozen: true, spelling: .list),
      DaemonSetting(rows.maximumConcurrentJobs, \.maximumConcurrentJobs),
      DaemonSetting(rows.threadsPerJob, \.threadsPerJob),
      DaemonSetting(rows.maximumTableBytes, \.maximumTableBytes),
      DaemonSetting(rows.maximumMemoryBytes, \.maximumMemoryBytes),
      DaemonSetting(rows.minimumFreeBytes, \.minimumFreeBytes),
      DaemonSetting(rows.groups, \.groupLimits, spelling: .block),
      DaemonSetting(rows.keepResultsDays, \.keepResultsDays),
      DaemonSetting(rows.keepHistoryDays, \.keepHistoryDays),
      DaemonSetting(rows.submitterMustRead, \.submitterMustRead),
      DaemonSetting(rows.resultsGroup, \.resultsGroup),
      DaemonSetting(rows.stopGraceSeconds, \.stopGraceSeconds),
      DaemonSetting(rows.workerPatienceSeconds, \.workerPatienceSeconds),
    ]
  }()

  /// Puts what `node` spells into the configuration.
  func apply(_ node: DocumentNode, to configuration: inout DaemonConfiguration) throws(ValueFault) {
    store(try row.parse(node), &configuration)
  }

  /// Leaves the setting of `old` in `new`.
  func keep(_ old: DaemonConfiguration, in new: inout DaemonConfiguration) { copy(old, &new) }

  /// The variable of the environment that overrides the file.
  var variable: String { "DEEPSPOOL_\(row.key.uppercased())" }

  /// The value of that variable as a document would hold it.
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
