internal import Wording

/// The file that was probably meant by the path of one that is missing.
package enum NearFile {
  /// The number of names that are compared in a long folder.
  private static let maximumNames = 10_000

  /// Returns the nearest name in the folder of a missing file, spelt like `name`; nil if none is near enough, or if
  /// `opener` may not list the folder.
  static func name(of path: String, named name: String, _ opener: TableOpener) -> String? {
    let (folder, last) = parts(path)
    let (spelt, _) = parts(name)
    return self.name(near: last, in: folder.isEmpty ? "." : folder, opener).map { spelt + $0 }
  }

  /// Returns the nearest name in a folder; nil if none is near enough, or if `opener` may not list the folder.
  ///
  /// - `isWanted`: Whether a name of the folder comes into question.
  package static func name(
    near last: String, in folder: String, _ opener: TableOpener, where isWanted: (String) -> Bool = { _ in true }
  ) -> String? {
    NearestWord.file(last, among: names(in: folder, opener).filter(isWanted))
  }

  /// Returns the folder of a path with its slash, and the last component.
  private static func parts(_ path: String) -> (folder: String, last: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[...slash]), String(path[path.index(after: slash)...]))
  }

  private static func names(in folder: String, _ opener: TableOpener) -> [String] {
    let descriptor = opener.open(folder, .folder)
    guard descriptor >= 0 else { return [] }
    var names: [String] = []
    _ = FolderEntries.forEachName(in: descriptor) { name in
      names.append(name)
      return names.count < maximumNames
    }
    return names
  }
}
