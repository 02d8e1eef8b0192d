internal import DurableFiles

/// The paths that a shell offers where an argument is a path or something else; where it is always a path, the shell
/// finds them itself.
enum PathCompletion {
  /// Returns the paths that begin with `prefix`, folders with a slash behind them.
  ///
  /// Names with a colon are left out, because zsh takes what follows it for a description.
  static func paths(_ prefix: String, onlyFolders: Bool = false) -> [String] {
    let (fileSystem, folder) = (FileSystem(), prefix.lastIndex(of: "/").map { prefix[...$0] } ?? "")
    let start = prefix.dropFirst(folder.count)
    let names = (try? fileSystem.list(folder.isEmpty ? "." : String(folder))) ?? []
    return names.compactMap { name in
      guard name.hasPrefix(start), !name.contains(":"), !name.hasPrefix(".") || start.hasPrefix(".") else { return nil }
      let path = folder + name
      let isFolder = (Paths.resolved(String(path)).flatMap { try? fileSystem.status($0) })?.kind == .folder
      return isFolder ? "\(path)/" : onlyFolders ? nil : String(path)
    }
  }
}
