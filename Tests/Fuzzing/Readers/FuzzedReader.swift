internal import DataFrames
internal import Exports
internal import Glibc
internal import JobFiles
internal import Models
internal import Planning

/// The readers of untrusted files, fed with arbitrary bytes.
///
/// libFuzzer generates them (`make fuzz`), and `FuzzingTests` reads the corpus again. Errors
/// are a valid result; crashes, hangs and unbounded memory are not.
package enum FuzzedReader: String, CaseIterable, Sendable {
  case csv, svmlight, arff, workbook, parquet, job, model, checkpoint, mojo

  /// Reads the bytes; returns false if they are useless for fuzzing this reader.
  @discardableResult
  package func read(_ bytes: [UInt8]) -> Bool {
    switch self {
    case .csv: return table(bytes)
    case .svmlight: return bytes.contains(UInt8(ascii: ":")) && table(bytes)
    case .arff: return bytes.contains(UInt8(ascii: "@")) && table(bytes)
    case .workbook: return (try? zipped(bytes)).map(table) ?? false
    case .parquet: return bytes.starts(with: Array("PAR1".utf8)) && table(bytes)
    case .job:
      _ = try? JobFileReader.read(bytes, file: "job.yaml")
      return true
    case .model:
      if let file = try? ModelFile(bytes: sealed(bytes, as: .model), rules: { Compatibility(record: $0).model }) {
        score(file.model)
      }
      return true
    case .checkpoint:
      FuzzedCheckpoint.read(sealed(bytes, as: .checkpoint))
      return true
    case .mojo:
      if let archive = try? zipped(bytes), let model = try? MOJOReader.model(archive, maximumBytes: 1 << 24) {
        score(model)
      }
      return true
    }
  }

  /// Reads a table as a whole and then in pieces, as training and prediction do.
  private func table(_ bytes: [UInt8]) -> Bool {
    let file = ScratchFile(bytes)
    var options = ReadOptions()
    options.maximumBytes = 1 << 24
    guard let frame = try? FrameReader.read(file.path, name: "table", options: options) else { return true }
    for column in frame.columns {
      precondition(column.rowCount == frame.rowCount, "column '\(column.name)' has \(column.rowCount) rows")
    }
    options.knownTypes = Dictionary(
      frame.columns.map { ($0.name, $0.levels == nil ? ColumnType.text : .categorical) },
      uniquingKeysWith: { first, _ in first })
    options.onlyColumns = Set(options.knownTypes.keys)
    guard let stream = try? FrameStream(file.path, name: "table", options: options) else { return true }
    var rows = 0
    while let piece = try? stream.next() { rows += piece.rowCount }
    // With types of its own, a table may keep an odd last line that reading it as a whole leaves out.
    precondition(rows <= frame.rowCount + 1, "\(rows) rows in pieces, but \(frame.rowCount) as a whole")
    return true
  }

  /// Returns a file with a valid checksum from header, zero byte and
  /// payload; a file with its own magic is returned as is.
  private func sealed(_ bytes: [UInt8], as kind: SealedFile.Kind) -> [UInt8] {
    if bytes.starts(with: Array("DSPL".utf8)) { return bytes }
    let end = bytes.firstIndex(of: 0) ?? bytes.count
    return SealedFile(
      kind: kind, header: Array(bytes[..<end]), payload: Array(bytes.dropFirst(end + 1))
    ).bytes
  }

  /// Returns a zip file from entries, each preceded by a zero byte and a
  /// line with its name; a zip file is returned as is.
  private func zipped(_ bytes: [UInt8]) throws -> [UInt8] {
    if MOJOReader.recognises(bytes) { return bytes }
    let entries = bytes.split(separator: 0, omittingEmptySubsequences: true).prefix(50).map { part in
      let end = part.firstIndex(of: UInt8(ascii: "\n")) ?? part.endIndex
      let name = String(decoding: part[..<end], as: UTF8.self)
      return (name: name, bytes: Array(part[end...].dropFirst()))
    }
    return try ZipArchive.bytes(entries)
  }

  /// Scores a few rows, because a model must not only be readable.
  private func score(_ model: Model) {
    let encoding = model.encoding
    var lastRow = RowSet()
    lastRow.insert(2)
    var names: Set<String> = []
    var columns: [Column] = []
    for name in encoding.categoricalSources where names.insert(name).inserted {
      let levels = encoding.categoricals.first { $0.name == name }?.levels ?? []
      columns.append(
        Column(
          name: name, values: .categorical([0, 1, 0], levels: [levels.first ?? "a", "never seen"]),
          missing: lastRow))
    }
    for name in encoding.numerics.map(\.name) + [encoding.offset].compactMap({ $0 }) where names.insert(name).inserted {
      columns.append(Column(name: name, values: .doubles([0, -1.5, 1e300]), missing: RowSet()))
    }
    guard let (rows, _) = try? model.encode(Frame(path: "table", columns: columns)) else { return }
    let outputs = ModelScorer(threads: 1).predict(model, rows)
    precondition(outputs.count.isMultiple(of: max(1, rows.rowCount)), "\(outputs.count) outputs")
  }
}

/// A file in memory that is deleted with its owner.
private struct ScratchFile: ~Copyable {
  let path: String

  init(_ bytes: [UInt8]) {
    path = "/dev/shm/deepspool-fuzz-\(getpid())-\(bytes.count)-\(UInt64.random(in: 0 ... .max))"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    precondition(
      descriptor >= 0 && write(descriptor, bytes, bytes.count) == bytes.count, "cannot write the input to /dev/shm")
    close(descriptor)
  }

  deinit { unlink(path) }
}
