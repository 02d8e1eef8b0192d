/// A name in `incoming`, with the kind of file that it was when it was examined.
package struct IncomingFile: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case gone
    /// A name that is not valid UTF-8; the file exists, but Swift strings cannot address it.
    case unspellable
    case file(Content)
    case folder
    /// A symbolic link, pipe, socket or device.
    case odd
  }

  /// The state of a regular file.
  package struct Content: Sendable, Equatable {
    package let look: SettlingFiles.Look
    /// The time since the last change, by the clock of the file system.
    package let ageSeconds: Double
    /// Whether a process has the file open for writing; nil if neither the system nor a mark of its writer says so.
    package let isWritten: Bool?
    /// Whether the text may be a whole document; see ``DocumentEnd``.
    package let isWhole: Bool

    package init(_ look: SettlingFiles.Look, ageSeconds: Double = 0, isWritten: Bool?, isWhole: Bool = true) {
      self.look = look
      self.ageSeconds = ageSeconds
      self.isWritten = isWritten
      self.isWhole = isWhole
    }

    /// The content of something that is not a regular file.
    static let none = Content(.init(byteCount: 0, changedSeconds: 0), isWritten: nil)
  }

  /// The reason for which a name is examined.
  package enum Occasion: Sendable, Equatable {
    /// The file was moved in.
    case complete
    /// The file was closed after writing; an empty file may be opened again.
    case closed
    /// The name has just appeared.
    case appeared
    /// All names are scanned.
    case scan
    /// The file had not settled when it was last examined.
    case again
    /// The file is there, but no event reported it.
    case stray

    /// Whether an event reported that writing has ended.
    var isFinal: Bool {
      switch self {
      case .complete, .closed: true
      case .appeared, .scan, .again, .stray: false
      }
    }
  }

  package let name: String
  package let kind: Kind

  package init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// The reason for which the daemon leaves the file where it is, for the person who must remove it.
  var kindInWords: String {
    switch kind {
    case .unspellable:
      "the daemon can neither take nor move this file: its name is not UTF-8; drop it under another name"
    case .folder: "this is a folder; drop the job file itself"
    case .file, .odd, .gone: "the daemon can neither take nor move this file: permission denied"
    }
  }
}
