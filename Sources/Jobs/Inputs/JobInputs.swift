internal import DataFrames
internal import Documents
package import DurableFiles
internal import FoundationEssentials
internal import JobEvents
package import JobFiles

/// The state of a job's data files at one moment.
///
/// The daemon records it when it accepts a job, and compares it when the job starts or resumes.
package struct JobInputs: Sendable, Equatable {
  private static let maximumBytes = 1 << 26

  /// The repair for a missing file, with which the reason of the failure ends.
  package static let returnAdvice = "put it back"

  struct Input: Sendable, Equatable {
    /// The name in the job file; files of a folder have the folder's name as a prefix.
    let name: String
    let fingerprint: FileFingerprint

    /// Text for people: `a.csv: 9254 bytes, last changed 2026-11-24T16:39:35.12Z, XXH3 0123...`.
    var description: String {
      let changed = Date(timeIntervalSince1970: fingerprint.modifiedSeconds).formatted(
        .iso8601.year().month().day().time(includingFractionalSeconds: true))
      return "\(name): \(fingerprint.byteCount) bytes, last changed \(changed)Z, XXH3 \(fingerprint.hash)"
    }

    /// Text for comparisons; it is equal if and only if the content is taken to be equal.
    var identity: String {
      "\(name): \(fingerprint.byteCount) bytes, \(fingerprint.hash)"
        + (fingerprint.isWhole ? "" : ", \(fingerprint.modifiedSeconds)")
    }
  }

  let inputs: [Input]

  private init(_ inputs: [Input]) { self.inputs = inputs }

  /// Returns the current state of a job's files.
  ///
  /// - Parameters:
  ///   - job: The job, which names tables and initial weights and biases.
  ///   - resolveFrame: Returns the path of a named file.
  ///   - opener: How files are opened.
  ///   - recorded: An earlier state to compare with; its files are hashed to the same extent.
  ///   - fingerprint: Returns the fingerprint of the file at a path, of which at most a number of bytes is hashed.
  /// - Returns: One entry per file.
  /// - Throws: An error if a file cannot be read.
  package static func of(
    _ job: JobFile, resolveFrame: (String) throws -> String, opener: FileOpener = .process,
    like recorded: JobInputs? = nil,
    fingerprint: (String, FileOpener, Int) throws -> FileFingerprint = FileFingerprint.of
  ) throws -> JobInputs {
    var inputs: [Input] = []
    let extents = Dictionary(
      (recorded?.inputs ?? []).map { ($0.name, $0.fingerprint.hashedBytes) }, uniquingKeysWith: { first, _ in first })
    let tableOpener = TableOpener(opener)
    for (key, name) in job.namedFiles {
      for file in try FolderFiles.of(resolveFrame(name), name: name, tableOpener) {
        do {
          let extent = extents[file.name] ?? FileFingerprint.maximumHashedBytes
          inputs.append(Input(name: file.name, fingerprint: try fingerprint(file.path, opener, extent)))
        } catch let error as FingerprintError where error.isInUse {
          throw JobFailure(.environment, "'\(file.name)' cannot be read now: \(error.reason)")
        } catch let error as FingerprintError {
          throw JobFailure(
            .job, job.fault(key, "'\(file.name)' cannot be read: \(error.hiddenReason(opener))").description)
        }
      }
    }
    return JobInputs(inputs)
  }

  /// Returns the first difference as a text for the job's failure; nil if there is none.
  func change(to now: JobInputs) -> String? {
    for input in inputs {
      guard let other = now.inputs.first(where: { $0.name == input.name }) else { return "'\(input.name)' was removed" }
      guard input.fingerprint.hasSameContent(as: other.fingerprint) else {
        return "'\(input.name)' has changed: it was [\(input.description)], now it is [\(other.description)]"
      }
    }
    let known = Set(inputs.map(\.name))
    return now.inputs.first { !known.contains($0.name) }.map { "'\($0.name)' was added" }
  }

  /// The record as JSON.
  package var bytes: [UInt8] {
    let list = inputs.map { input in
      JSONValue.object(
        [
          ("name", .string(input.name)), ("bytes", .int(input.fingerprint.byteCount)),
          ("modified_seconds", .string("\(input.fingerprint.modifiedSeconds)")),
          ("xxh3", .string(input.fingerprint.hash)),
        ] + (input.fingerprint.isWhole ? [] : [("hashed_bytes", .int(input.fingerprint.hashedBytes))]))
    }
    return Array(JSONValue.array(list).pretty().utf8)
  }

  private struct Stored: Decodable {
    let name: String
    let bytes: Int
    let modifiedSeconds: String
    let xxh3: String
    /// Nil for whole files, and in records of version 0.3 and earlier.
    let hashedBytes: Int?

    enum CodingKeys: String, CodingKey {
      case name, bytes, xxh3
      case modifiedSeconds = "modified_seconds"
      case hashedBytes = "hashed_bytes"
    }
  }

  /// Reads the record in a job's folder; returns nil if there is none.
  static func written(in folder: String, fileSystem: FileSystem) throws -> JobInputs? {
    guard fileSystem.exists("\(folder)/\(JobFolderLayout.inputsFile)") else { return nil }
    return try JobInputs(bytes: fileSystem.read("\(folder)/\(JobFolderLayout.inputsFile)", limit: maximumBytes))
  }

  /// - `bytes`: The record as JSON.
  init(bytes: [UInt8]) throws {
    inputs = try JSONDecoder().decode([Stored].self, from: Data(bytes)).map { stored in
      Input(
        name: stored.name,
        fingerprint: FileFingerprint(
          byteCount: stored.bytes, modifiedSeconds: Double(stored.modifiedSeconds) ?? 0, hash: stored.xxh3,
          hashedBytes: stored.hashedBytes ?? FileFingerprint.maximumHashedBytes))
    }
  }
}
