internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Wording

/// A summary of the metrics in a result folder.
struct ResultSummary {
  private static let maximumBytes = 64 << 20

  private let path: String
  private let fileSystem: FileSystem

  init(_ path: String, fileSystem: FileSystem) {
    self.path = path
    self.fileSystem = fileSystem
  }

  /// Prints a table with a column per data set, or the metrics file unchanged.
  func show(asJSON: Bool) throws {
    let bytes = try fileSystem.read("\(path)/\(ResultFolderLayout.metricsFile)", limit: Self.maximumBytes)
    guard !asJSON else { return print(String(decoding: bytes, as: UTF8.self), terminator: "") }
    // JSON is a subset of YAML, so the reader of job files can read it.
    guard
      let root = try DocumentReader.read(
        bytes, file: "\(path)/\(ResultFolderLayout.metricsFile)", maximumBytes: Self.maximumBytes, maximumNodes: .max,
        noun: "metrics file")
    else { return }
    let parts = ["training", "validation"].compactMap { part in root.entries(of: part).map { (part, $0) } }
    let names = parts.first?.1.filter { $0.value.number != nil }.map(\.name) ?? []
    print("metric".padded(to: 24) + parts.map { $0.0.padded(to: 14) }.joined())
    for name in names {
      let cells = parts.map { part in
        (part.1.first { $0.name == name }?.value.number).map(Format.number) ?? "-"
      }
      print(name.padded(to: 24) + cells.map { $0.padded(to: 14) }.joined())
    }
    if let last = parts.last?.1.first(where: { $0.name == "cm" }) { try showMatrix(last.value) }
    print("result: \(path)")
  }

  /// Prints the confusion matrix, unless it exceeds the job's max_confusion_matrix_size.
  private func showMatrix(_ node: DocumentNode) throws {
    let job = try JobFileReader.read(
      fileSystem.read("\(path)/\(ResultFolderLayout.jobFile)", limit: Self.maximumBytes),
      file: ResultFolderLayout.jobFile)
    let labels = node.list("labels").compactMap(\.text)
    guard !labels.isEmpty, labels.count <= job.maxConfusionMatrixSize else { return }
    let width = max(8, (labels.map(\.count).max() ?? 0) + 2)
    print("actual \\ predicted".padded(to: width + 12) + labels.map { $0.padded(to: width) }.joined())
    for (label, row) in zip(labels, node.list("counts")) {
      guard case .sequence(let cells) = row.content else { continue }
      print(label.padded(to: width + 12) + cells.compactMap { $0.text?.padded(to: width) }.joined())
    }
  }
}

extension DocumentNode {
  /// Returns the entries of the block under `key`.
  fileprivate func entries(of key: String) -> [(name: String, value: DocumentNode)]? {
    guard case .mapping(let entries) = content, let found = entries.first(where: { $0.key.name == key }),
      case .mapping(let inner) = found.value.content
    else { return nil }
    return inner.map { (name: $0.key.name, value: $0.value) }
  }

  /// Returns the elements of the list under `key`.
  fileprivate func list(_ key: String) -> [DocumentNode] {
    guard case .mapping(let entries) = content, let found = entries.first(where: { $0.key.name == key }),
      case .sequence(let nodes) = found.value.content
    else { return [] }
    return nodes
  }

  fileprivate var text: String? {
    guard case .scalar(let text, _) = content else { return nil }
    return text
  }

  fileprivate var number: Double? {
    guard case .scalar(let text, isPlain: true) = content else { return nil }
    return Double(text)
  }
}
