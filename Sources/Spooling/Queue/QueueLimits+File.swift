internal import Documents
package import DurableFiles
internal import JobFiles

extension QueueLimits {
  /// Writes the limits into the spool, for `deepspool why` and `deepspool submit`.
  func write(_ layout: SpoolLayout, _ fileSystem: FileSystem) throws(FileSystemError) {
    let object = JSONValue.object([
      ("max_concurrent_jobs", .int(maximumRunning)),
      ("groups", .object(groups.sorted { $0.key < $1.key }.map { ($0.key, .int($0.value)) })),
      ("operators", operators.map { .string($0) } ?? .null),
      ("max_job_runtime_secs", maximumRuntimeSeconds.map { .number($0) } ?? .null),
      ("max_memory_bytes", .int(memoryBytes)), ("threads_per_job", .int(threadsPerJob)),
      ("data_directories", .array(dataDirectories.map { .string($0) })),
    ])
    try fileSystem.write(object.pretty().utf8, to: layout.limits, isDurable: false)
  }

  /// Reads the limits of the daemon that runs on a spool or ran last; nil if there are none.
  package static func read(_ layout: SpoolLayout, _ fileSystem: FileSystem) -> QueueLimits? {
    guard let bytes = try? fileSystem.read(layout.limits, limit: DocumentReader.maximumBytes),
      let root = try? DocumentReader.read(bytes, file: layout.limits, noun: "limits file"),
      case .mapping(let entries) = root.content
    else { return nil }
    var limits = QueueLimits(maximumRunning: 1)
    for (key, node) in entries {
      switch (key.name, node.content) {
      case ("max_concurrent_jobs", .scalar(let text, _)): limits.maximumRunning = Int(text) ?? 1
      case ("max_memory_bytes", .scalar(let text, _)): limits.memoryBytes = Int(text) ?? .max
      case ("max_job_runtime_secs", .scalar(let text, _)): limits.maximumRuntimeSeconds = Double(text)
      case ("threads_per_job", .scalar(let text, _)): limits.threadsPerJob = Int(text) ?? 1
      case ("groups", .mapping(let groups)):
        for (name, limit) in groups {
          if case .scalar(let text, _) = limit.content { limits.groups[name.name] = Int(text) }
        }
      case ("data_directories", .sequence(let folders)):
        limits.dataDirectories = folders.compactMap { if case .scalar(let text, _) = $0.content { text } else { nil } }
      case ("operators", .scalar(let text, isPlain: false)): limits.operators = text
      default: break
      }
    }
    return limits
  }
}
