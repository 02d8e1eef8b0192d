// Measures deepspool and, where they are installed, its peers, in one run.
//
//     Benchmark ROOT [SECTION...]     sections: kernels rows batches quality import predict levels; all by default

import Foundation

let arguments = Array(CommandLine.arguments.dropFirst())
guard let root = arguments.first else {
  print("usage: Benchmark ROOT [SECTION...]")
  exit(64)
}
let workspace = Workspace(root: root)
let report = Report()
let suite = Suite(workspace: workspace, report: report)
let chosen = Set(arguments.dropFirst())
for (name, section) in suite.sections where chosen.isEmpty || chosen.contains(name) {
  do {
    try section()
  } catch {
    report.note("**\(name) could not be measured**: \(error)")
  }
}
if chosen.isEmpty {
  try report.write("\(root)/docs/development/Benchmarks.md", machine: suite.machine)
}
