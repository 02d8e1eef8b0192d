internal import DataFrames
internal import DurableFiles
internal import FoundationEssentials
internal import JobFiles

/// The tables of a job, read once for all models that it trains.
struct JobTables: Sendable {
  let training: Frame
  let validation: Frame?
  /// Names, sizes and times of the files: a checkpoint of other data is of no use.
  let identity: String

  /// Takes as long as reading takes.
  static func read(
    _ request: JobRequest, fileSystem: FileSystem, onEvent: (JobEvent) -> Void
  ) throws -> JobTables {
    var options = ReadOptions(request.job)
    options.maximumBytes = request.maximumTableBytes
    options.threads = request.threads
    func frame(_ table: TableNames) throws -> Frame {
      let start = Clocks.monotonicSeconds()
      let name = table.title
      let frame = try FrameReader.read(
        table.names.map { (path: try request.resolveFrame($0), name: $0) }, options: options)
      onEvent(
        .tableRead(
          JobEvent.TableSummary(
            name: name, rowCount: frame.rowCount, columnCount: frame.columns.count,
            seconds: Clocks.monotonicSeconds() - start)))
      return frame
    }
    let tables = [request.job.trainingFrame, request.job.validationFrame].compactMap { $0 }
    let identity = tables.flatMap(\.names).map { name in
      let status = (try? request.resolveFrame(name)).flatMap { try? fileSystem.status($0) }
      let changed = Date(timeIntervalSince1970: status?.modifiedSeconds ?? 0).formatted(
        .iso8601.year().month().day().time(includingFractionalSeconds: true))
      return "\(name): \(status?.byteCount ?? 0) bytes, last changed \(changed)Z"
    }
    return JobTables(
      training: try frame(request.job.trainingFrame ?? TableNames([])),
      validation: try request.job.validationFrame.map(frame),
      identity: identity.joined(separator: "\n"))
  }
}
