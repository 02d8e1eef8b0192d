internal import Glibc

extension FileSystem {
  private static let mountsFile = "/proc/self/mountinfo"

  /// Returns whether something is mounted at a path, which therefore cannot be renamed.
  ///
  /// The device numbers tell of other disks, and the list of mounts of folders of the same disk (bind mounts).
  package func isMountPoint(_ path: String) -> Bool {
    guard let real = Paths.resolved(path), let own = try? status(real),
      let above = try? status("\(Paths.folder(of: real))/.")
    else { return false }
    return own.deviceNumber != above.deviceNumber || Self.isListedAsMount(real)
  }

  /// Returns whether a line of proc_pid_mountinfo(5) has the path as its fifth field.
  private static func isListedAsMount(_ path: String) -> Bool {
    guard let stream = fopen(mountsFile, "re") else { return false }
    defer { fclose(stream) }
    var (line, capacity) = (UnsafeMutablePointer<CChar>?.none, 0)
    defer { free(line) }
    let escaped = escaped(path)
    while getline(&line, &capacity, stream) > 0, let text = line {
      if String(cString: text).split(separator: " ").dropFirst(4).first == escaped[...] { return true }
    }
    return false
  }

  /// Returns a path as the list of mounts spells it: blanks and the like are octal numbers.
  private static func escaped(_ path: String) -> String {
    path.map { character in
      switch character {
      case " ": "\\040"
      case "\t": "\\011"
      case "\n": "\\012"
      case "\\": "\\134"
      default: String(character)
      }
    }.joined()
  }
}
