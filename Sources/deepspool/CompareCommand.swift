import ArgumentParser
internal import Documents
internal import DurableFiles
internal import Reports
internal import Spooling
internal import Wording

/// Compares finished models.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares finished models: the parameters that differ, and the metrics side by side.",
    discussion: """
      A star marks the best value of a row. A result is a folder, or a job of the spool by number, name or identifier.
      """)

  @Argument(help: "Result folders, or jobs of the spool.", completion: .directory)
  var results: [String]

  @Option(help: "Also write the comparison as a page.", completion: .file(extensions: ["html"]))
  var html: String?

  @OptionGroup var options: SpoolOptions

  func validate() throws {
    guard results.count > 1 else { throw ValidationError("name at least two results to compare") }
  }

  func run() async throws {
    try await CommandFailure.reporting(options.form) {
      let fileSystem = FileSystem()
      let paths = try results.map { try path(of: $0, fileSystem) }
      let titles = Self.titles(paths)
      let comparison = Comparison(
        try zip(paths, titles).map { try ComparedModel($0, title: $1, fileSystem: fileSystem) })
      let report = ComparisonText(comparison)
      if let html { try fileSystem.write(report.page.html().utf8, to: html) }
      guard !options.json else { return try print(report.json.pretty()) }
      for warning in comparison.warnings { Terminal.note("warning: \(warning)") }
      try print(report.lines.joined(separator: "\n"))
      if let html { Terminal.note("page: \(html)") }
    }
  }

  /// Returns the result folder that an argument names.
  private func path(of argument: String, _ fileSystem: FileSystem) throws -> String {
    if fileSystem.exists(argument) {
      return argument.count > 1 && argument.hasSuffix("/") ? String(argument.dropLast()) : argument
    }
    guard !argument.contains("/"), let layout = try? options.layout() else {
      throw CommandFailure(.noInput, "'\(argument)' is neither a result folder nor a job of a spool")
    }
    let lookup = JobLookup(layout)
    let job = try lookup.find(argument, in: try lookup.listing())
    guard fileSystem.exists(layout.result(job.id)) else {
      throw CommandFailure(.noInput, "\(job.id) is \(job.title) and has no result")
    }
    return layout.result(job.id)
  }

  /// Returns the names of the folders, with as much of their paths as tells them apart.
  private static func titles(_ paths: [String]) -> [String] {
    let names = paths.map { Paths.name(of: $0) }
    return Set(names).count == names.count ? names : paths
  }
}
