import DataFrames
import Foundation
import TestSupport
import Testing

@Suite("Compressed tables")
struct CompressionTests {
  private let folder = TemporaryFolder()
  private static let text = "a,b\n" + (0..<300).map { "\($0),word\($0 * 7919 % 1000)\n" }.joined()

  /// Runs a program on the text, in a folder of its own; nil where the program is missing.
  private func packed(_ command: String) throws -> [UInt8]? {
    let path = "\(folder.path)/\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data(Self.text.utf8).write(to: URL(fileURLWithPath: path + "/t.csv"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/packed")))
  }

  static let commands = [
    "gzip -c t.csv > packed", "gzip -1 -n -c t.csv > packed", "bzip2 -c t.csv > packed", "xz -c t.csv > packed",
    "zstd -q --check -c t.csv > packed",
    "python3 -c \"import zipfile; zipfile.ZipFile('packed', 'w', zipfile.ZIP_DEFLATED).write('t.csv')\"",
    "python3 -c \"import zipfile; zipfile.ZipFile('packed', 'w').write('t.csv')\"",
  ]

  @Test("a flipped bit never gives other values", arguments: commands)
  func flippedBits(_ command: String) throws {
    guard let bytes = try packed(command) else { return }
    let content = try Tables.content(Self.text)
    #expect(try Tables.content(bytes) == content)
    var refusals = 0
    for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 150)) {
      var damaged = bytes
      damaged[place] ^= 1 << UInt8(place % 8)
      let found = Tables.refusal(damaged)
      // Names and times of the file are not checked, and a damaged magic makes the file a text.
      if found.hasPrefix("no error") {
        #expect(found == "no error: \(content)" || place < 8, "byte \(place)")
      } else {
        refusals += 1
      }
    }
    #expect(refusals > 75)
  }

  @Test("a cut-off file is refused", arguments: commands)
  func truncation(_ command: String) throws {
    guard let bytes = try packed(command) else { return }
    for length in [bytes.count - 1, bytes.count - 5, bytes.count * 3 / 4, bytes.count / 2] {
      // The directory at the end of a zip archive repeats what stands before.
      if bytes.starts(with: [0x50, 0x4B]), length > bytes.count * 3 / 4 { continue }
      #expect(Tables.refusal(Array(bytes.prefix(length))).hasPrefix("cannot read"), "\(length) bytes")
    }
  }

  @Test("all members of a gzip file are read and checked, and padding behind them is ignored")
  func members() throws {
    // printf 'a,b\n1,x\n2,y\n' | gzip -n | base64
    let member = try #require(Data(base64Encoded: "H4sIAAAAAAAAA0vUSeIy1KngMtKp5AIAwpZ+nQwAAAA="))
    #expect(try Tables.content([UInt8](member)) == "a=1,2 b=x,y")
    #expect(try Tables.content([UInt8](member + member)) == "C1=a,1,2,a,1,2 C2=b,x,y,b,x,y")
    #expect(try Tables.content([UInt8](member) + [0, 0, 0, 0]) == "a=1,2 b=x,y")
    for place in [member.count - 1, member.count - 5, member.count + 25, 2 * member.count - 1] {
      var bytes = [UInt8](member + member)
      bytes[place] ^= 4
      #expect(Tables.refusal(bytes).contains("the gzip data is damaged"), "byte \(place)")
    }
    #expect(Tables.refusal([UInt8](member) + [1, 2, 3]).contains("the gzip data is damaged"))
    #expect(Tables.refusal([UInt8](member.dropLast(3))).contains("the gzip data is cut off"))
  }

  @Test("folders and what macOS and Windows add to a zip archive are ignored, whatever the names of its files")
  func zipEntries() throws {
    let write = "z.writestr('t.csv', 'a,b\\n1,x\\n')"
    let examples = [
      "z.writestr('folder/', ''); z.writestr('folder/t.csv', 'a,b\\n1,x\\n')",
      "\(write); z.writestr('__MACOSX/', ''); z.writestr('__MACOSX/._t.csv', b'\\0\\1')",
      "z.writestr('__MACOSX/._t.csv', b'\\0\\1'); \(write)",
      "z.writestr('.DS_Store', b'\\0\\1'); \(write); z.writestr('empty/', '')",
      "z.writestr('Überblick.csv', 'a,b\\n1,x\\n')", "z.writestr('表/データ.csv', 'a,b\\n1,x\\n')",
      "z.writestr('Ü.csv', 'a,b\\n1,x\\n'); z.writestr('__MACOSX/._Ü.csv', b'\\0\\1')",
      "\(write); z.writestr('Thumbs.db', b'\\0\\1'); z.writestr('desktop.ini', '[x]')",
    ]
    for example in examples {
      let bytes = try #require(
        try packed("python3 -c \"import zipfile; z = zipfile.ZipFile('packed', 'w'); \(example); z.close()\""))
      #expect(try Tables.content(bytes) == "a=1 b=x", "\(example)")
    }
    let two = try #require(
      try packed(
        "python3 -c \"import zipfile; z = zipfile.ZipFile('packed', 'w'); \(write); z.writestr('u.csv', 'a'); z.close()\""
      ))
    #expect(Tables.refusal(two).contains("the archive holds several files"))
    let none = try #require(
      try packed("python3 -c \"import zipfile; z = zipfile.ZipFile('packed', 'w'); z.writestr('x/', ''); z.close()\""))
    #expect(Tables.refusal(none).contains("the archive holds no file"))
  }
}
