import Foundation

/// What the service adds to the training.
extension Suite {
  /// From the drop of a job file, which is synced to the disk before it counts, to its start and to its result.
  func latency() throws {
    report.heading("From the drop of a job file to its start and to its result (iris, 10 epochs, milliseconds)")
    let daemon = try Daemon(program: workspace.daemon, data: workspace.samples)
    defer { daemon.stop() }
    let job = "training_frame: iris.csv\nresponse_column: Species\nepochs: 10\nseed: 1\n"
    let times = try (0..<20).map { try daemon.secondsOf(job: job, name: "latency\($0)") }
    report.columns(["until", "median", "longest of 20"])
    for (what, seconds) in [("the job runs", times.map(\.start)), ("its result is there", times.map(\.result))] {
      let sorted = seconds.sorted()
      report.row([what, Report.figure(1000 * sorted[10]), Report.figure(1000 * (sorted.last ?? .nan))])
    }
  }
}
