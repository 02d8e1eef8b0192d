import Foundation

/// A schema in docs/reference/schemas; knows the keywords of JSON Schema that the schemas use.
struct JSONSchema {
  struct UnknownKeyword: Error {
    let keyword: String
  }

  static let folder = "\(Programs.root)/docs/reference/schemas"

  private let root: Any

  /// - `name`: The name of the file without `.schema.json`.
  init(_ name: String) throws {
    root = try Self.document("\(name).schema.json")
  }

  private static func document(_ file: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)")))
  }

  /// Returns what is wrong with a JSON text, each with its place; empty if it is valid.
  func faults(of text: String) throws -> [String] {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    var check = Check()
    _ = try check.value(value, root, at: "$")
    return check.faults
  }

  private struct Check {
    var faults: [String] = []

    /// Checks a value and returns the properties that the schema knows.
    mutating func value(_ value: Any, _ schema: Any, at place: String) throws -> Set<String> {
      guard let schema = schema as? [String: Any] else { return [] }
      var known: Set<String> = []
      let object = value as? [String: Any]
      for (keyword, rule) in schema {
        switch keyword {
        case "$schema", "$id", "title", "description", "additionalProperties", "unevaluatedProperties": break
        case "$ref": known.formUnion(try self.value(value, document("\(rule)"), at: place))
        case "type":
          let names = rule as? [String] ?? ["\(rule)"]
          if !names.contains(where: { Self.isOfType(value, $0) }) { fault(place, "is no \(names): \(value)") }
        case "enum":
          let allowed = rule as? [String] ?? []
          if !allowed.contains("\(value)") { fault(place, "is none of \(allowed): \(value)") }
        case "format":
          guard let text = value as? String else { break }
          if (try? Date(text, strategy: .iso8601)) == nil { fault(place, "is no \(rule): \(text)") }
        case "minimum": if let number = value as? Double, number < rule as? Double ?? 0 { fault(place, "is too small") }
        case "maximum": if let number = value as? Double, number > rule as? Double ?? 0 { fault(place, "is too large") }
        case "required":
          for name in rule as? [String] ?? [] where object != nil && object?[name] == nil {
            fault(place, "lacks \(name)")
          }
        case "properties":
          for (name, inner) in rule as? [String: Any] ?? [:] {
            known.insert(name)
            guard let own = object?[name] else { continue }
            _ = try self.value(own, inner, at: "\(place).\(name)")
          }
        case "items":
          for (index, element) in (value as? [Any] ?? []).enumerated() {
            _ = try self.value(element, rule, at: "\(place)[\(index)]")
          }
        case "anyOf":
          var attempts: [[String]] = []
          for choice in rule as? [Any] ?? [] {
            var attempt = Check()
            known.formUnion(try attempt.value(value, choice, at: place))
            attempts.append(attempt.faults)
          }
          if !attempts.contains(where: \.isEmpty) { fault(place, "fits no choice: \(attempts)") }
        default: throw UnknownKeyword(keyword: keyword)
        }
      }
      let isClosed = (schema["additionalProperties"] ?? schema["unevaluatedProperties"]) as? Bool == false
      if isClosed, let extra = object?.keys.filter({ !known.contains($0) }).sorted(), !extra.isEmpty {
        fault(place, "has unknown properties: \(extra)")
      }
      return known
    }

    private func document(_ file: String) throws -> Any { try JSONSchema.document(file) }

    private mutating func fault(_ place: String, _ text: String) { faults.append("\(place) \(text)") }

    private static func isOfType(_ value: Any, _ name: String) -> Bool {
      switch name {
      case "null": value is NSNull
      case "string": value is String
      case "array": value is [Any]
      case "object": value is [String: Any]
      case "boolean": (value as? NSNumber).map(isBoolean) ?? false
      case "number": (value as? NSNumber).map { !isBoolean($0) } ?? false
      case "integer": (value as? NSNumber).map { !isBoolean($0) && $0.doubleValue == $0.doubleValue.rounded() } ?? false
      default: false
      }
    }

    private static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
  }
}
