internal import DurableFiles

/// Paths relative to another file.
enum RelativePath {
  /// Returns `path` relative to the folder of `file`; the absolute path if they share no folder but the root.
  static func of(_ path: String, fromFolderOf file: String) -> String {
    guard let target = Paths.resolved(path), let folder = Paths.resolved(Paths.folder(of: file)) else { return path }
    let (steps, start) = (target.split(separator: "/"), folder.split(separator: "/"))
    let common = zip(steps, start).prefix { $0 == $1 }.count
    guard common > 0 || start.isEmpty else { return target }
    let up = start.dropFirst(common).map { _ in ".." }
    return (up + steps.dropFirst(common).map(String.init)).joined(separator: "/")
  }
}
