/// The parts of a MOJO before they form a model: settings, columns and levels.
///
/// Grammar: h2o-behaviour.md#mojo.
struct MOJOArchive {
  /// The key, added by deepspool, that lists the columns of times.
  static let timeColumns = "deepspool_time_columns"

  private let settings: [String: Substring]
  /// The names of the columns in the model's order, the response last.
  let columns: [String]
  /// The levels of categorical columns, by index in `columns`.
  let domains: [Int: [String]]

  /// `maximumBytes`: The maximum size of the unpacked archive.
  init(_ bytes: [UInt8], maximumBytes: Int) throws(ExportError) {
    let files = try ZipArchive.entries(bytes, maximumBytes: maximumBytes)
    guard let text = files["model.ini"] else { throw .archive(reason: "it lacks model.ini") }
    var settings: [String: Substring] = [:]
    var columns: [String] = []
    var declarations: [Substring] = []
    var section: Substring = ""
    for line in MOJOText.lines(text) {
      let trimmed = Self.trimmed(line)
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      if trimmed.hasPrefix("["), trimmed.hasSuffix("]"), ["[info]", "[columns]", "[domains]"].contains(trimmed) {
        section = trimmed
        continue
      }
      switch section {
      case "[info]":
        guard let sign = trimmed.firstIndex(of: "=") else {
          throw Self.fault("the line '\(trimmed.prefix(40))' has no '='")
        }
        settings[String(Self.trimmed(trimmed[..<sign]))] = Self.trimmed(trimmed[trimmed.index(after: sign)...])
      case "[columns]": columns.append(String(trimmed))
      case "[domains]": declarations.append(trimmed)
      default: throw Self.fault("the line '\(trimmed.prefix(40))' is before the first section")
      }
    }
    self.settings = settings
    self.columns = columns
    let escapes = settings["escape_domain_values"] == "true"
    var domains: [Int: [String]] = [:]
    for declaration in declarations {
      let (column, levels) = try Self.domain(declaration, files, escapes: escapes)
      guard columns.indices.contains(column), domains[column] == nil else {
        throw Self.fault("a domain has the column index \(column), which is duplicate or not below \(columns.count)")
      }
      domains[column] = levels
    }
    self.domains = domains
  }

  /// Parses `<column>: <levels> <file>`.
  private static func domain(
    _ declaration: Substring, _ files: [String: [UInt8]], escapes: Bool
  ) throws(ExportError) -> (Int, [String]) {
    let parts = declaration.split(whereSeparator: { $0 == ":" || $0 == " " })
    guard parts.count == 3, let column = Int(parts[0]), let count = Int(parts[1]) else {
      throw fault("'\(declaration.prefix(40))' is not 'column: levels file'")
    }
    let name = "domains/\(parts[2])"
    guard let text = files[name] else { throw .damaged(entry: name, reason: "the file is missing") }
    let lines = MOJOText.lines(text)
    guard lines.count == count else {
      throw .damaged(entry: name, reason: "it has \(lines.count) levels, but model.ini specifies \(count)")
    }
    return (column, escapes ? lines.map(MOJOText.unescaped) : lines.map(String.init))
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  static func fault(_ reason: String) -> ExportError { .damaged(entry: "model.ini", reason: reason) }

  /// Returns a setting; nil if it is `null` or absent.
  func text(_ key: String) -> Substring? { settings[key].flatMap { $0 == "null" ? nil : $0 } }

  func integer(_ key: String) throws(ExportError) -> Int {
    guard let text = text(key), let value = Int(text) else {
      throw Self.fault("\(key) should be a whole number, found '\(settings[key]?.prefix(40) ?? "nothing")'")
    }
    return value
  }

  func flag(_ key: String) -> Bool { settings[key] == "true" }

  /// Returns a list of numbers; nil if the setting is `null` or absent.
  func doubles(_ key: String) throws(ExportError) -> [Double]? {
    try elements(key).map { elements throws(ExportError) in
      var values: [Double] = []
      values.reserveCapacity(elements.count)
      for element in elements {
        guard let value = Double(element == "Infinity" ? "inf" : element == "-Infinity" ? "-inf" : element) else {
          throw Self.fault("\(key) holds '\(element.prefix(40))', which is not a number")
        }
        values.append(value)
      }
      return values
    }
  }

  func integers(_ key: String) throws(ExportError) -> [Int] {
    var values: [Int] = []
    for element in try elements(key) ?? [] {
      guard let value = Int(element) else {
        throw Self.fault("\(key) holds '\(element.prefix(40))', not a whole number")
      }
      values.append(value)
    }
    return values
  }

  private func elements(_ key: String) throws(ExportError) -> [Substring]? {
    guard let text = text(key) else { return nil }
    guard text.hasPrefix("["), text.hasSuffix("]") else { throw Self.fault("\(key) is not a list") }
    let inner = text.dropFirst().dropLast()
    return Self.trimmed(inner).isEmpty ? [] : inner.split(separator: ",").map(Self.trimmed)
  }
}
