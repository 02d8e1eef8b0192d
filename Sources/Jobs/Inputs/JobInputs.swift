internal import DataFrames
internal import Documents
package import DurableFiles
internal import FoundationEssentials
internal import JobEvents
package import JobFiles

/// The data files of a job as they were at a moment.
///
/// The daemon writes them down when it accepts a job and compares when the job starts and each time it goes on.
package struct JobInputs: Sendable, Equatable {
  private static let maximumBytes = 1 << 26

  struct Input: Sendable, Equatable {
    /// As the job names it; files of a folder with the folder's name before theirs.
    let name: String
    let fingerprint: FileFingerprint

    /// For people: `a.csv: 9254 bytes, last changed 2026-11-24T16:39:35.12Z, XXH3 0123...`.
    var description: String {
      let changed = Date(timeIntervalSince1970: fingerprint.modifiedSeconds).formatted(
        .iso8601.year().month().day().time(includingFractionalSeconds: true))
      return "\(name): \(fingerprint.byteCount) bytes, last changed \(changed)Z, XXH3 \(fingerprint.hash)"
    }

    /// For comparisons: what must be the same for the content to be.
    var identity: String {
      "\(name): \(fingerprint.byteCount) bytes, \(fingerprint.hash)"
        + (fingerprint.isWhole ? "" : ", \(fingerprint.modifiedSeconds)")
    }
  }

  let inputs: [Input]

  /// The files of a job as they are now.
  ///
  /// - Parameters:
  ///   - job: Names tables, first weights and biases.
  ///   - resolveFrame: Where they are.
  ///   - fingerprint: Of a file.
  /// - Returns: One entry per file.
  /// - Throws: What keeps one of them from being read.
  package static func of(
    _ job: JobFile, resolveFrame: (String) throws -> String,
    fingerprint: (String) throws -> FileFingerprint = FileFingerprint.of
  ) throws -> JobInputs {
    var inputs: [Input] = []
    for (key, name) in job.namedFiles {
      for file in try FolderFiles.of(resolveFrame(name), name: name) {
        do {
          inputs.append(Input(name: file.name, fingerprint: try fingerprint(file.path)))
        } catch let error as FingerprintError where error.isInUse {
          throw JobFailure(.environment, "'\(file.name)' cannot be read now: \(error.reason)")
        } catch let error as FingerprintError {
          throw JobFailure(.job, job.fault(key, "'\(file.name)' cannot be read: \(error.reason)").description)
        }
      }
    }
    return JobInputs(inputs: inputs)
  }

  /// What is different now, for the one whose job fails; nil if nothing is.
  func change(to now: JobInputs) -> String? {
    for input in inputs {
      guard let other = now.inputs.first(where: { $0.name == input.name }) else { return "'\(input.name)' is gone" }
      guard input.fingerprint.hasSameContent(as: other.fingerprint) else {
        return "'\(input.name)' has changed: it was [\(input.description)] and is [\(other.description)]"
      }
    }
    let known = Set(inputs.map(\.name))
    return now.inputs.first { !known.contains($0.name) }.map { "'\($0.name)' is new" }
  }

  /// JSON.
  package var bytes: [UInt8] {
    let list = inputs.map { input in
      JSONValue.object([
        ("name", .string(input.name)), ("bytes", .int(input.fingerprint.byteCount)),
        ("modified_seconds", .string("\(input.fingerprint.modifiedSeconds)")),
        ("xxh3", .string(input.fingerprint.hash)),
      ])
    }
    return Array(JSONValue.array(list).pretty().utf8)
  }

  private struct Stored: Decodable {
    let name: String
    let bytes: Int
    let modifiedSeconds: String
    let xxh3: String

    enum CodingKeys: String, CodingKey {
      case name, bytes, xxh3
      case modifiedSeconds = "modified_seconds"
    }
  }

  /// What was written down in a job's folder; nil where nothing was.
  static func written(in folder: String, fileSystem: FileSystem) throws -> JobInputs? {
    guard fileSystem.exists("\(folder)/\(JobFolderLayout.inputsFile)") else { return nil }
    let bytes = try fileSystem.read("\(folder)/\(JobFolderLayout.inputsFile)", limit: maximumBytes)
    let stored = try JSONDecoder().decode([Stored].self, from: Data(bytes))
    return JobInputs(
      inputs: stored.map { stored in
        Input(
          name: stored.name,
          fingerprint: FileFingerprint(
            byteCount: stored.bytes, modifiedSeconds: Double(stored.modifiedSeconds) ?? 0, hash: stored.xxh3))
      })
  }
}
