internal import Glibc

extension FileSystem {
  /// The status of a path; links are not followed.
  package struct Status: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
      case file
      case folder
      case link
      /// A pipe, socket or device.
      case other
    }

    package let kind: Kind
    package let byteCount: Int
    package let ownerID: UInt32
    package let groupID: UInt32
    /// The number of hard links.
    package let linkCount: Int
    /// The permission bits.
    package let mode: UInt32
    /// Seconds since 1970.
    package let modifiedSeconds: Double
    /// The time of the last change of content, name, owner or mode, in seconds since 1970; users cannot set it.
    package let changedSeconds: Double
    /// The number of the file on its disk (inode).
    package let fileNumber: UInt
    /// The number of the disk.
    package let deviceNumber: UInt
  }

  /// Returns the status of a path.
  ///
  /// - Throws: ``FileSystemError``, also if the path does not exist.
  package func status(_ path: String) throws(FileSystemError) -> Status {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw FileSystemError(operation: "access", path: path, code: errno) }
    return Status(status)
  }

  package func exists(_ path: String) -> Bool { (try? status(path)) != nil }

  /// Returns whether something exists at `path` that this process may not read, or not list if it is a folder.
  package func isPrivate(_ path: String) -> Bool {
    access(path, R_OK) != 0 && [EACCES, EPERM].contains(errno)
  }

  /// The space on a disk.
  package struct Space: Sendable, Equatable {
    /// The bytes available to unprivileged users.
    package let freeBytes: Int
    package let totalBytes: Int

    package init(freeBytes: Int, totalBytes: Int) {
      self.freeBytes = freeBytes
      self.totalBytes = totalBytes
    }
  }

  /// Returns the space on the disk of `path`; nil if unknown.
  package func space(_ path: String) -> Space? {
    var status = statvfs()
    guard statvfs(path, &status) == 0, status.f_blocks > 0 else { return nil }
    func bytes(_ blocks: UInt) -> Int {
      let (product, isOverflow) = blocks.multipliedReportingOverflow(by: status.f_frsize)
      return isOverflow ? .max : Int(clamping: product)
    }
    return Space(freeBytes: bytes(status.f_bavail), totalBytes: bytes(status.f_blocks))
  }

  /// Returns the total size of the files in a folder, at any depth; what cannot be read counts as empty.
  package func byteCount(ofTree path: String) -> Int {
    guard let entry = try? status(path) else { return 0 }
    guard entry.kind == .folder else { return entry.kind == .file ? entry.byteCount : 0 }
    return ((try? list(path)) ?? []).reduce(0) { $0 + byteCount(ofTree: "\(path)/\($1)") }
  }

  /// Returns the sorted names in a folder, without `.` and `..`.
  package func list(_ path: String) throws(FileSystemError) -> [String] {
    guard let stream = opendir(path) else { throw FileSystemError(operation: "list", path: path, code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
        String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Reads a regular file of at most `limit` bytes with ``opener``; pipes do not block.
  package func read(_ path: String, limit: Int) throws(FileSystemError) -> [UInt8] {
    try OpenedFile(path, by: opener).read(limit: limit)
  }

  /// Reads a file as ``read(_:limit:)`` does; nil if the path leads to no regular file.
  package func readIfPresent(_ path: String, limit: Int) throws(FileSystemError) -> [UInt8]? {
    do throws(FileSystemError) {
      return try read(path, limit: limit)
    } catch {
      guard error.isNoFile else { throw error }
      return nil
    }
  }
}

extension FileSystem.Status {
  init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
    byteCount = Int(status.st_size)
    ownerID = status.st_uid
    groupID = status.st_gid
    linkCount = Int(status.st_nlink)
    mode = status.st_mode & 0o7777
    modifiedSeconds = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9
    changedSeconds = Double(status.st_ctim.tv_sec) + Double(status.st_ctim.tv_nsec) / 1e9
    fileNumber = UInt(status.st_ino)
    deviceNumber = UInt(status.st_dev)
  }
}

extension FileSystem {
  /// Returns whether a process has a regular file open for writing; nil if unknown, as for files of
  /// other users.
  ///
  /// The kernel grants a read lease only on a file without writers. The lease is released at once.
  package func hasWriter(_ path: String) -> Bool? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    if fcntl(descriptor, Self.setLease, F_RDLCK) == 0 {
      _ = fcntl(descriptor, Self.setLease, F_UNLCK)
      return false
    }
    return errno == EAGAIN ? true : nil
  }

  /// Returns whether its writer has marked a regular file as complete and it has not changed since.
  package func isMarkedComplete(_ path: String) -> Bool { CompletionMark.isSet(path) }

  /// F_SETLEASE of fcntl(2), which Swift does not import.
  private static let setLease: Int32 = 1024
}
