internal import Glibc
internal import Wording

/// The file that was probably meant by the path of one that is missing.
enum NearFile {
  /// Of longer folders, only this number of names is compared.
  private static let maximumNames = 10_000

  /// Returns the nearest name in the folder of a missing file, spelt like `name`; nil if none is near enough, or if
  /// `opener` may not list the folder.
  static func name(of path: String, named name: String, _ opener: TableOpener) -> String? {
    let (folder, last) = parts(path)
    let (spelt, _) = parts(name)
    return NearestWord.file(last, among: names(in: folder.isEmpty ? "." : folder, opener)).map { spelt + $0 }
  }

  /// Returns the folder of a path with its slash, and the last component.
  private static func parts(_ path: String) -> (folder: String, last: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[...slash]), String(path[path.index(after: slash)...]))
  }

  private static func names(in folder: String, _ opener: TableOpener) -> [String] {
    let descriptor = opener.open(folder, .folder)
    guard descriptor >= 0 else { return [] }
    guard let stream = fdopendir(descriptor) else {
      close(descriptor)
      return []
    }
    defer { closedir(stream) }
    var names: [String] = []
    while names.count < maximumNames, let entry = readdir(stream) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names
  }
}
