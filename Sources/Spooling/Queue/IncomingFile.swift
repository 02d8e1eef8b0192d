/// A name in `incoming`, as it was seen at a moment.
package struct IncomingFile: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case gone
    /// The bytes of its name are no UTF-8: it is there, and no call can name it.
    case unspellable
    /// A regular file. `isWritten`: Whether somebody has it open for writing; nil where the system does not tell.
    case file(SettlingFiles.Look, linkCount: Int, isWritten: Bool?)
    case folder
    /// A link, pipe, socket or device.
    case odd
  }

  /// Why it was looked at.
  package enum Occasion: Sendable, Equatable {
    /// It was closed after writing, or moved in.
    case complete
    /// Its name has just appeared.
    case appeared
    /// Everything is looked at.
    case scan
    /// It had not settled.
    case again
    /// It lies there, and no event told of it.
    case stray
  }

  package let name: String
  package let kind: Kind

  package init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// For the one who has to remove it.
  var kindInWords: String {
    switch kind {
    case .unspellable: "its name is not UTF-8; drop it under another one"
    case .folder: "it is a folder; drop the job file itself"
    case .file, .odd, .gone: "its permissions forbid it"
    }
  }
}
