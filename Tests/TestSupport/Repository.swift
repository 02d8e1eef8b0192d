internal import Foundation

/// The repository's files that tests read.
package enum Repository {
  package static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The folder with cases, tables and scripts for tests.
  package static let support = "\(root)/Tests/Support"

  /// Returns the text of a file; `path` is relative to the root.
  package static func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
  }

  /// Returns the sorted paths of the files below `folder` with one of the extensions.
  package static func files(in folder: String, endings: Set<String>) -> [String] {
    let all = FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.compactMap { $0 as? String } ?? []
    return all.filter { endings.contains(($0 as NSString).pathExtension) }.map { "\(folder)/\($0)" }.sorted()
  }

  /// Returns the names of the subfolders of `folder`.
  package static func folders(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
    var isFolder: ObjCBool = false
    return names.filter { name in
      FileManager.default.fileExists(atPath: "\(root)/\(folder)/\(name)", isDirectory: &isFolder) && isFolder.boolValue
    }.sorted()
  }

  /// The source and test files that may cite a document.
  package static var codeFiles: [String] {
    files(in: "Sources", endings: ["swift", "c", "h"]) + files(in: "Tests", endings: ["swift", "py", "sh"])
  }
}
