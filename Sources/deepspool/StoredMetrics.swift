internal import Documents
internal import DurableFiles

/// The metrics in the `metrics.json` of a result.
struct StoredMetrics {
  /// A confusion matrix; each row of counts has an actual class.
  struct Matrix {
    let labels: [String]
    let counts: [[Double]]
  }

  /// The metrics of one table, or of the held-out rows of cross-validation.
  struct Table {
    /// The name in the file, such as `cross_validation`.
    let name: String
    let values: [String: Double]
    let matrix: Matrix?

    var title: String { name.replacing("cross_validation", with: "cross-validation") }
  }

  /// The metric that chose the delivered network.
  struct Best {
    let metric: String
    let epochs: Double?
  }

  private static let tableNames = ["training", "validation", "cross_validation"]

  /// The tables, the most representative of new rows last.
  let tables: [Table]
  /// The names of all metrics, in the order of the file.
  let names: [String]
  let best: Best?
  /// The numbers about the training run, such as `epochs` and `seconds`.
  let run: [String: Double]
  /// The network, such as `4-200-200-3`, and its number of weights and biases.
  let units: [Double]
  let checksum: String?
  /// The kind of the model, such as `Binomial`.
  let category: String?
  /// The distribution of the response, which the deviance depends on.
  let distribution: String?

  /// Reads the file; nil if it is empty.
  ///
  /// - Throws: `DocumentError`.
  init?(_ bytes: [UInt8], file: String) throws {
    // JSON is a subset of YAML, so the reader of job files can read it.
    guard
      let root = try DocumentReader.read(
        bytes, file: file, maximumBytes: .max, maximumNodes: .max, noun: "metrics file")
    else { return nil }
    var (tables, names) = ([Table](), [String]())
    for name in Self.tableNames {
      guard let entries = root.entry(name)?.entries else { continue }
      let numbers = entries.compactMap { entry in entry.value.number.map { (entry.name, $0) } }
      for (metric, _) in numbers where !names.contains(metric) { names.append(metric) }
      tables.append(
        Table(
          name: name, values: Dictionary(numbers) { first, _ in first },
          matrix: entries.first { $0.name == "cm" }.map { Self.matrix($0.value) }))
    }
    (self.tables, self.names) = (tables, names)
    let best = root.entry("best")
    self.best = best?.entry("metric")?.text.map { Best(metric: $0, epochs: best?.entry("epochs")?.number) }
    let runEntries = root.entry("training_run")?.entries ?? []
    run = Dictionary(runEntries.compactMap { entry in entry.value.number.map { (entry.name, $0) } }) { first, _ in first
    }
    units = root.entry("model")?.entry("units")?.elements.compactMap(\.number) ?? []
    checksum = root.entry("model")?.entry("checksum")?.text
    category = root.entry("model")?.entry("category")?.text
    distribution = root.entry("model")?.entry("distribution")?.text
  }

  private static func matrix(_ node: DocumentNode) -> Matrix {
    Matrix(
      labels: node.entry("labels")?.elements.compactMap(\.text) ?? [],
      counts: node.entry("counts")?.elements.map { $0.elements.compactMap(\.number) } ?? [])
  }
}

extension DocumentNode {
  /// The entries of a block; empty for other nodes.
  var entries: [(name: String, value: DocumentNode)] {
    guard case .mapping(let entries) = content else { return [] }
    return entries.map { (name: $0.key.name, value: $0.value) }
  }

  /// Returns the value under a key of a block; nil if there is none.
  func entry(_ key: String) -> DocumentNode? { entries.first { $0.name == key }?.value }

  /// The elements of a list; empty for other nodes.
  var elements: [DocumentNode] {
    guard case .sequence(let nodes) = content else { return [] }
    return nodes
  }

  var text: String? {
    guard case .scalar(let text, _) = content else { return nil }
    return text
  }

  var number: Double? {
    guard case .scalar(let text, isPlain: true) = content else { return nil }
    return Double(text)
  }
}
