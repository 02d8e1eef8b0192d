/// A name in `incoming`, with the kind of file that it was when it was examined.
package struct IncomingFile: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case gone
    /// A name that is not valid UTF-8; the file exists, but Swift strings cannot address it.
    case unspellable
    /// A regular file; `isWritten` is true if a process has it open for writing, nil if the system
    /// cannot say.
    case file(SettlingFiles.Look, linkCount: Int, isWritten: Bool?)
    case folder
    /// A symbolic link, pipe, socket or device.
    case odd
  }

  /// The reason for which a name is examined.
  package enum Occasion: Sendable, Equatable {
    /// The file was closed after writing or moved in.
    case complete
    /// The name has just appeared.
    case appeared
    /// All names are scanned.
    case scan
    /// The file was possibly still being written when it was last examined.
    case again
    /// The file is there, but no event reported it.
    case stray
  }

  package let name: String
  package let kind: Kind

  package init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// The reason for which the daemon cannot take the file, for the person who must remove it.
  var kindInWords: String {
    switch kind {
    case .unspellable: "its name is not UTF-8; drop it under another name"
    case .folder: "it is a folder; drop the job file itself"
    case .file, .odd, .gone: "permission denied"
    }
  }
}
