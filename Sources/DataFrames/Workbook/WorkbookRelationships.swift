/// The links from one part of a workbook to others.
final class WorkbookRelationships: XMLHandler {
  struct Target {
    /// The last component of the type, such as `worksheet`; the rest differs between editions of the standard.
    let type: String
    /// The name of the part in the archive, in the form of ``ZipEntry/normal(_:)``.
    let part: String
  }

  /// The folder of the part that has the links, with a slash at the end unless it is the root.
  private let folder: String
  private(set) var targets: [String: Target] = [:]

  init(folder: String) { self.folder = folder }

  func start(_ element: XMLName, _ attributes: XMLAttributes) throws(XMLProblem) {
    guard "Relationship" ~= element, let id = attributes["Id"]?.text, let type = attributes["Type"]?.text,
      let target = attributes["Target"]?.text
    else { return }
    targets[id] = Target(
      type: String(type.split(separator: "/").last ?? ""), part: ZipEntry.normal(Self.resolved(target, in: folder)))
  }

  /// Returns the part of the first link of a type.
  func part(of type: String) -> String? { targets.values.filter { $0.type == type }.map(\.part).min() }

  /// Returns the name of a part in the archive, from a link that is relative to `folder` or begins with a slash.
  static func resolved(_ target: String, in folder: String) -> String {
    guard !target.hasPrefix("/") else { return String(target.drop { $0 == "/" }) }
    var components: [Substring] = []
    for component in (folder + target).split(separator: "/") where component != "." {
      if component == ".." { _ = components.popLast() } else { components.append(component) }
    }
    return components.joined(separator: "/")
  }
}
