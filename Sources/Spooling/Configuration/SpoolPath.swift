package import Documents
internal import JobFiles

/// The one setting that clients of the daemon need: the path of its spool.
///
/// Clients ignore all other settings, so that a fault in one of them stops the daemon only.
package enum SpoolPath {
  /// Returns the path that a configuration file sets; nil if it sets none.
  ///
  /// - Throws: ``DocumentError`` if the path itself is invalid.
  package static func find(inFile bytes: [UInt8], path: String) throws(DocumentError) -> String? {
    let row = DaemonParameters.shared.spool
    guard let (key, node) = setting(row.key, bytes, path), !node.isNull else { return nil }
    do throws(ValueFault) {
      return try row.parse(node) as? String
    } catch {
      throw DocumentError([DocumentFault(at: error.location, "\(key.name): \(error.message)", key: key.name)])
    }
  }

  /// Returns the path that the environment sets; nil if it sets none.
  ///
  /// - Throws: ``DocumentError`` if the path is invalid.
  package static func find(inEnvironment environment: [String: String]) throws(DocumentError) -> String? {
    let key = DaemonParameters.shared.spool.key
    guard let setting = DaemonSetting.all.first(where: { $0.row.key == key }),
      let text = environment[setting.variable]
    else { return nil }
    var configuration = DaemonConfiguration()
    try configuration.apply(environment: [setting.variable: text])
    return configuration.spool
  }

  private static func setting(_ name: String, _ bytes: [UInt8], _ path: String) -> (DocumentKey, DocumentNode)? {
    if let root = try? DocumentReader.read(bytes, file: path, noun: "configuration") {
      return entry(name, root)
    }
    // The file has a syntax error. The line of the setting is usually a document of its own.
    for line in bytes.split(separator: UInt8(ascii: "\n")) where line.starts(with: Array("\(name):".utf8)) {
      if let root = try? DocumentReader.read(Array(line), file: path, noun: "configuration") {
        return entry(name, root)
      }
    }
    return nil
  }

  private static func entry(_ name: String, _ root: DocumentNode) -> (DocumentKey, DocumentNode)? {
    guard case .mapping(let entries) = root.content, let entry = entries.first(where: { $0.0.name == name }) else {
      return nil
    }
    return (entry.0, entry.1)
  }
}
