import ArgumentParser
internal import Documents
internal import DurableFiles
internal import Reports
internal import Wording

/// Compares finished models.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares finished models: the parameters that differ, and the metrics side by side.",
    discussion: """
      A star marks the best value of a row. A result is a folder, or a job of the spool by number, name or identifier.
      """)

  @Argument(help: "Result folders, or jobs of the spool.", completion: .results)
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
      let paths = try results.map { try ResultArgument($0, in: options.place, fileSystem: fileSystem).path }
      if let html {
        var inputs = CommandInputs()
        for (path, result) in zip(paths, results) { inputs.add(path, "the result '\(result)'") }
        try inputs.check(html, "--html")
      }
      let titles = Self.titles(paths)
      let comparison = Comparison(
        try zip(paths, titles).map { try ComparedModel($0, title: $1, fileSystem: fileSystem) })
      let report = ComparisonText(comparison)
      if let html { try UserFile.write(report.page.html(), to: html) }
      guard !options.json else { return try print(report.json.pretty()) }
      for warning in comparison.warnings { Terminal.note("warning: \(warning)") }
      try print(report.lines.joined(separator: "\n"))
      if let html { Terminal.note("page: \(html)") }
    }
  }

  /// Returns the names of the folders, with as much of their paths as tells them apart.
  private static func titles(_ paths: [String]) -> [String] {
    let names = paths.map { Paths.name(of: $0) }
    return Set(names).count == names.count ? names : paths
  }
}
