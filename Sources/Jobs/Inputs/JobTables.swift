internal import DataFrames
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Reports

/// The tables of a job, read once for all models that it trains.
struct JobTables: Sendable {
  let training: Frame
  let validation: Frame?
  let inputs: JobInputs
  let described: DescribedTables

  /// Reads the tables; blocks until they are read.
  static func read(
    _ request: JobRequest, fileSystem: FileSystem, onEvent: (JobEvent) -> Void
  ) throws -> JobTables {
    var options = request.readOptions
    func frame(_ table: TableNames) throws -> Frame {
      let start = Clocks.monotonicSeconds()
      let name = table.title
      let frame = try request.files.read(table, options: options)
      guard frame.rowCount > 0 else { throw FrameError.empty(path: name) }
      onEvent(
        .tableRead(
          JobEvent.TableSummary(
            name: name, rowCount: frame.rowCount, columnCount: frame.columns.count,
            seconds: Clocks.monotonicSeconds() - start)))
      return frame
    }
    let check = InputCheck(request: request, fileSystem: fileSystem)
    let inputs = try check.inputs()
    if let earlier = EarlierNotation.of(request.job, files: request.files, fileSystem: fileSystem) {
      options.adopt(earlier, of: "the earlier model's table")
    }
    let training = try frame(request.job.trainingFrame ?? TableNames([]))
    options.adopt(training)
    let validation = try request.job.validationFrame.map(frame)
    try check.refuseChange(since: inputs)
    return JobTables(
      training: training, validation: validation, inputs: inputs,
      described: DescribedTables(
        training: TableDescription(training, threads: options.threads),
        validation: validation.map { TableDescription($0, threads: options.threads) }))
  }
}
