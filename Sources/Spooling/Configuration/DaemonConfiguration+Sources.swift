package import Documents
package import DurableFiles
internal import JobFiles
internal import Wording

/// The sources of the settings: the configuration file and the environment.
extension DaemonConfiguration {
  /// The places that settings come from, by key; keys with their default value are missing.
  package typealias Origins = [String: String]

  private static let shownCharacters = 80

  /// Merges the settings of a configuration file.
  ///
  /// - Returns: The location of each setting in the file.
  /// - Throws: ``DocumentError`` with all errors: unknown keys, wrong types, values out of range. The valid
  ///   settings are merged.
  @discardableResult
  package mutating func apply(file bytes: [UInt8], path: String) throws(DocumentError) -> Origins {
    let (document, documentFaults) = try DocumentReader.check(bytes, file: path, noun: "configuration")
    var faults = documentFaults
    guard let root = document else { return [:] }
    guard case .mapping(let entries) = root.content else {
      throw DocumentError(faults + [DocumentFault(at: root.location, "a configuration consists of 'key: value' lines")])
    }
    let settings = Dictionary(uniqueKeysWithValues: DaemonSetting.all.map { ($0.row.key, $0) })
    var suggestions = KeySuggestions()
    var origins: Origins = [:]
    for (key, node) in entries {
      guard let setting = settings[key.name] else {
        let hint = suggestions.hint(for: key.name, otherNames: DaemonParameters.otherNames) {
          DaemonSetting.all.map(\.row.key)
        }
        faults.append(DocumentFault(at: key.location, "unknown key '\(key.name.prefix(Self.shownCharacters))'\(hint)"))
        continue
      }
      guard !node.isNull else { continue }
      do throws(ValueFault) {
        try setting.apply(node, to: &self)
        origins[key.name] = "\(key.location)"
      } catch {
        faults.append(
          DocumentFault(at: error.location, "\(key.name): \(suggestions.message(of: error))", key: key.name))
      }
    }
    guard faults.isEmpty else { throw DocumentError(faults) }
    return origins
  }

  /// Merges the settings of environment variables such as `DEEPSPOOL_SPOOL`.
  ///
  /// Colons separate folders, and groups written as `name=limit`.
  ///
  /// - Returns: The variable of each setting.
  /// - Throws: ``DocumentError`` with all errors. The valid settings are merged.
  @discardableResult
  package mutating func apply(environment: [String: String]) throws(DocumentError) -> Origins {
    var suggestions = KeySuggestions()
    var faults: [DocumentFault] = []
    var origins: Origins = [:]
    for setting in DaemonSetting.all {
      guard let text = environment[setting.variable] else { continue }
      do throws(ValueFault) {
        try setting.apply(setting.node(of: text), to: &self)
        origins[setting.row.key] = "environment variable \(setting.variable)"
      } catch {
        faults.append(DocumentFault(at: error.location, suggestions.message(of: error), key: setting.row.key))
      }
    }
    guard faults.isEmpty else { throw DocumentError(faults) }
    return origins
  }

  /// Returns the settings as a configuration file, with the place that each comes from.
  ///
  /// - Parameters:
  ///   - origins: The places that settings come from.
  ///   - memoryBytes: The memory for jobs unless `max_memory_bytes` is set, for the comment of that key.
  ///   - space: The space on the spool's disk, for the comment of `min_free_bytes`; nil if unknown.
  /// - Returns: A line per setting.
  package func text(_ origins: Origins, memoryBytes: Int, space: FileSystem.Space?) -> String {
    let limits = limits(memoryBytes: memoryBytes)
    let (memory, free) = (DaemonParameters.shared.maximumMemoryBytes.key, DaemonParameters.shared.minimumFreeBytes.key)
    let inForce = [memory: limits.memoryBytes, free: space.map(limits.minimumFreeBytes)].compactMapValues { $0 }
    let lines = DaemonSetting.all.map { setting in
      let key = setting.row.key
      // A limit that is not set depends on the machine.
      let computed = inForce[key].map { ": \($0) (\(ByteText.of($0)))" } ?? ""
      return (text: "\(key): \(setting.value(in: self).text)", origin: origins[key] ?? "default\(computed)")
    }
    let width = min(Self.shownCharacters, lines.map(\.text.count).max() ?? 0)
    return lines.map { line in
      line.text + String(repeating: " ", count: max(0, width - line.text.count)) + "  # \(line.origin)\n"
    }.joined()
  }
}
