import Foundation

/// The time that the service adds to a training.
extension Suite {
  /// Measures the time from the drop of a job file to its start and to its result, including all syncs.
  func latency() throws {
    report.heading("Latency from the drop of a job file (iris, 10 epochs, milliseconds)")
    let daemon = try Daemon(program: workspace.daemon, data: workspace.samples)
    defer { daemon.stop() }
    let job = "training_frame: iris.csv\nresponse_column: Species\nepochs: 10\nseed: 1\n"
    let times = try (0..<20).map { try daemon.secondsOf(job: job, name: "latency\($0)") }
    report.columns(["until", "median", "longest of 20"])
    for (what, seconds) in [("start", times.map(\.start)), ("result", times.map(\.result))] {
      let sorted = seconds.sorted()
      report.row([what, Report.figure(1000 * sorted[10]), Report.figure(1000 * (sorted.last ?? .nan))])
    }
  }
}
