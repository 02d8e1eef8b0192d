package import Documents
internal import Wording

/// Recognises a table that is given where a job file is expected.
package enum MistakenTable {
  private static let extensions: Set<String> = [
    "csv", "tsv", "tab", "psv", "xlsx", "xlsm", "xls", "ods", "parquet", "arff", "svm", "svmlight", "libsvm", "gz",
    "bz2",
    "xz", "zst", "zip",
  ]
  /// The first bytes of workbooks and archives, Parquet, gzip, zstd and old workbooks.
  private static let beginnings: [[UInt8]] = [
    Array("PK".utf8) + [3, 4], Array("PAR1".utf8), [0x1F, 0x8B], [0x28, 0xB5, 0x2F, 0xFD], [0xD0, 0xCF, 0x11, 0xE0],
  ]

  /// Returns the fault of a file that is a table by its name or its first bytes; nil for other files.
  package static func fault(_ bytes: [UInt8], file: String) -> DocumentFault? {
    let name = file.split(separator: "/").last ?? ""
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let ending = parts.count > 1 ? parts.last?.lowercased() ?? "" : ""
    guard extensions.contains(ending) || beginnings.contains(where: { bytes.starts(with: $0) }) else { return nil }
    return DocumentFault(
      at: SourceLocation(file: file, line: 1, column: 1),
      "this is a table, not a job file; write a job for it: deepspool init \(file.inShell)")
  }
}
