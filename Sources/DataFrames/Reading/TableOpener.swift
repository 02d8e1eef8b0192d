internal import Glibc

/// A way to open the files of tables, such as with the rights of another user.
///
/// Two openers are equal only if they are the same.
package final class TableOpener: Sendable, Equatable {
  /// The kind of an entry to open.
  package enum Kind: Sendable {
    case file
    case folder
  }

  /// Opens with the rights of this process; links on the way are followed, one at the end of the path of a file is
  /// refused.
  package static let process = TableOpener { path, kind in
    // O_NONBLOCK, so that a file with a lease is reported as in use instead of waited for.
    let flags = kind == .file ? O_NONBLOCK | O_NOFOLLOW : O_DIRECTORY
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | flags)
    return descriptor < 0 ? -errno : descriptor
  }

  /// Opens for reading; returns a descriptor, or a negated error number.
  let open: @Sendable (_ path: String, Kind) -> Int32

  /// `open`: Opens for reading; returns a descriptor, or a negated error number.
  package init(open: @escaping @Sendable (_ path: String, Kind) -> Int32) { self.open = open }

  package static func == (a: TableOpener, b: TableOpener) -> Bool { a === b }
}
