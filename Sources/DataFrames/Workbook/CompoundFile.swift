/// Names the content of a compound file, the container of Office before 2007 and of encrypted workbooks.
///
/// - Source: [MS-CFB], Compound File Binary File Format.
enum CompoundFile {
  private static let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
  /// The positions of the size of sectors, as a power of two, and of the number of the first sector of the directory.
  private static let (sectorShiftOffset, directoryOffset) = (30, 48)
  private static let usualShifts = 9...12

  /// Returns the error for an encrypted workbook; nil for other files.
  static func refusal(_ file: TableFile) -> FrameError? {
    guard file.head.starts(with: magic), file.head.count > directoryOffset + 4 else { return nil }
    let shift = Int(file.head[sectorShiftOffset])
    let sector = (0..<4).reduce(0) { $0 | Int(file.head[directoryOffset + $1]) << (8 * $1) }
    guard usualShifts.contains(shift) else { return nil }
    var directory = [UInt8](repeating: 0, count: 1 << shift)
    let isRead = directory.withUnsafeMutableBytes { buffer in
      Result { () throws(FrameError) in try file.read(at: (sector + 1) << shift, into: buffer) }
    }
    guard case .success = isRead else { return nil }
    let name = "EncryptedPackage".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    guard directory.indices.contains(where: { directory[$0...].starts(with: name) }) else { return nil }
    return .otherFormat(
      path: file.name, format: "an encrypted workbook",
      advice: "open it with its password, remove the password (File, Info, Protect Workbook) and save it again")
  }
}
