internal import Wording

/// Metrics in the text format of Prometheus (version 0.0.4).
struct ExpositionText {
  enum Kind: String {
    /// Only grows, until the daemon restarts; its name ends in `_total`.
    case counter
    case gauge
  }

  struct Sample {
    var labels: [(name: String, value: String)] = []
    let value: Double
  }

  private(set) var text = ""

  /// Adds a metric, unless it has no samples.
  ///
  /// `name`: Without the prefix; ends in the unit, a base unit such as `seconds` or `bytes`.
  mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
    guard !samples.isEmpty else { return }
    let name = "deepspool_\(name)"
    text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
    for sample in samples {
      let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
      let block = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
      text += "\(name)\(block) \(Self.number(sample.value))\n"
    }
  }

  mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
    add(name, kind, help, [Sample(value: value)])
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return NumberText.shortest(value)
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\"" where quotes: result += "\\\""
      default: result.append(character)
      }
    }
  }
}
