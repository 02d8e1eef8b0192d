// Measures deepspool and, if they are installed, its peers.
//
//     Benchmark ROOT [SECTION...]     names: see Suite.swift; default: all sections, no study

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
let asked =
  suite.sections.filter { chosen.isEmpty || chosen.contains($0.0) } + suite.studies.filter { chosen.contains($0.0) }
for (name, section) in asked {
  do {
    try section()
  } catch {
    report.note("**\(name) could not be measured**: \(error)")
  }
}
if chosen.isEmpty {
  try report.write("\(root)/docs/development/Benchmarks.md", machine: suite.machine)
}
