internal import DurableFiles

/// The kind of a file in `incoming`, by its name.
package enum IncomingName: Sendable, Equatable {
  /// The file of an editor, a download tool or a copying program that is still at work, or a backup; neither taken
  /// nor rejected, however old.
  case temporary
  /// A job file, by its extension.
  case job
  /// Any other name; the file may still get its final name.
  case foreign

  package init(_ name: String) {
    if Self.isTemporary(name.lowercased()) {
      self = .temporary
    } else {
      self = SpoolDirectory.jobFileExtensions.contains(Paths.fileExtension(of: name)) ? .job : .foreign
    }
  }

  /// Endings of browsers, sync and download tools, of editors' swap and backup files, and of lock files.
  private static let endings = [
    "~", ".part", ".partial", ".crdownload", ".download", ".opdownload", ".filepart", ".tmp", ".temp", ".aria2",
    ".gstmp", ".!ut", ".!qb", ".!sync", ".bak", ".backup", ".old", ".orig", ".save", ".swp", ".swo", ".swx", ".lock",
    ".lck", "___jb_tmp___", "___jb_old___",
  ]
  /// Beginnings of hidden files, of office programs' lock files and of Syncthing's temporary files.
  private static let beginnings = [".", "~$", "~syncthing~"]
  /// The file with which Vim checks whether it may create files in a folder.
  private static let vimProbe = "4913"
  /// The character with which Emacs encloses the names of its automatic backups.
  private static let emacsMark: Character = "#"
  /// The extension of the folders in which macOS saves documents begins with this text.
  private static let macOSSave = "sb-"

  private static func isTemporary(_ name: String) -> Bool {
    beginnings.contains { name.hasPrefix($0) } || endings.contains { name.hasSuffix($0) } || name == vimProbe
      || name.first == emacsMark && name.last == emacsMark
      || Paths.fileExtension(of: name).hasPrefix(macOSSave)
  }
}
