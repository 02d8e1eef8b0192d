internal import Foundation

/// The files of the repository that tests read.
package enum Repository {
  package static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Cases, tables and scripts that tests share.
  package static let support = "\(root)/Tests/Support"

  /// The text of a file, `path` from the root.
  package static func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
  }

  /// Paths of the files below `folder` with one of the endings, in order.
  package static func files(in folder: String, endings: Set<String>) -> [String] {
    let all = FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.compactMap { $0 as? String } ?? []
    return all.filter { endings.contains(($0 as NSString).pathExtension) }.map { "\(folder)/\($0)" }.sorted()
  }

  /// Names of the folders in `folder`.
  package static func folders(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
    var isFolder: ObjCBool = false
    return names.filter { name in
      FileManager.default.fileExists(atPath: "\(root)/\(folder)/\(name)", isDirectory: &isFolder) && isFolder.boolValue
    }.sorted()
  }

  /// Source and test files that may cite a document.
  package static var codeFiles: [String] {
    files(in: "Sources", endings: ["swift", "c", "h"]) + files(in: "Tests", endings: ["swift", "py", "sh"])
  }
}
