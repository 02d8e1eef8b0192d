import Foundation

/// The measurements, section by section.
struct Suite {
  /// Settings that make scoring nearly free.
  static let quick = "score_interval: 1000\nscore_duty_cycle: 0.01\nscore_training_samples: 100\n"

  let workspace: Workspace
  let report: Report
  var deepspool: Deepspool { Deepspool(workspace: workspace) }

  /// The sections of `make benchmark`.
  var sections: [(String, () throws -> Void)] {
    [
      ("kernels", kernels), ("rows", rows), ("batches", batches), ("quality", quality), ("ranks", ranks),
      ("import", importing), ("large", largeTables), ("predict", predicting), ("levels", levels), ("sparse", sparse),
      ("adult", adult),
      ("latency", latency),
    ]
  }

  /// Measurements behind a decision, which run only by name.
  var studies: [(String, () throws -> Void)] {
    [("designs-mnist", designsOnDigits), ("designs-adult", designsOnAdult)]
  }

  var machine: String {
    let model =
      (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.firstMatch(of: /model name\s*: (.*)/)
      .map { String($0.1) } ?? "unknown"
    return "Machine: \(model), \(ProcessInfo.processInfo.activeProcessorCount) cores."
  }

  /// Compares the kernels with the limits of the core.
  private func kernels() throws {
    report.heading("Kernels and the limits of the core")
    let lines = try Command(workspace.program("Roofline"), []).objects()
    if let handshake = lines.compactMap({ $0["handshake_nanoseconds"] as? Double }).first {
      report.note(
        "Two threads need \(Report.figure(handshake)) ns to start and end a common task. If the host has placed the\n"
          + "cores far apart, they need four times as long, and a second thread helps less with single rows.")
    }
    report.columns(["kernel", "inputs x units", "GB/s", "GFLOP/s", "share of the limit", "limit"])
    for line in lines {
      guard let kernel = line["kernel"] as? String, let shape = line["shape"] as? String else { continue }
      let bytes = line["gigabytes_per_second"] as? Double ?? 0
      report.row([
        kernel, shape, bytes > 0 ? Report.figure(bytes) : "-", Report.figure(line["gigaflops"] as? Double ?? 0),
        String(format: "%.0f %%", 100 * (line["share_of_limit"] as? Double ?? 0)), line["limit"] as? String ?? "",
      ])
    }
  }
}
