internal import DataFrames
internal import DurableFiles
internal import JobEvents
internal import JobFiles

/// The tables of a job, read once for all models that it trains.
struct JobTables: Sendable {
  let training: Frame
  let validation: Frame?
  let inputs: JobInputs

  /// Takes as long as reading takes.
  static func read(
    _ request: JobRequest, fileSystem: FileSystem, onEvent: (JobEvent) -> Void
  ) throws -> JobTables {
    var options = request.readOptions
    func frame(_ table: TableNames) throws -> Frame {
      let start = Clocks.monotonicSeconds()
      let name = table.title
      let frame = try FrameReader.read(
        table.names.map { (path: try request.files.frame($0), name: $0) }, options: options)
      onEvent(
        .tableRead(
          JobEvent.TableSummary(
            name: name, rowCount: frame.rowCount, columnCount: frame.columns.count,
            seconds: Clocks.monotonicSeconds() - start)))
      return frame
    }
    let check = InputCheck(request: request, fileSystem: fileSystem)
    let inputs = try check.inputs()
    let training = try frame(request.job.trainingFrame ?? TableNames([]))
    // Levels that are seldom repeated, or all numbers, in the second table are levels there too; what is a number here and
    // a word there is told when the rows are encoded.
    options.knownTypes = training.types.filter { $0.value == .categorical || $0.value == .text }
    let validation = try request.job.validationFrame.map(frame)
    try check.refuseChange(since: inputs)
    return JobTables(training: training, validation: validation, inputs: inputs)
  }
}
