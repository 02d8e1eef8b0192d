package import ArgumentParser
internal import Wording

/// The command line tool.
@main
package struct DeepspoolCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "deepspool",
    abstract: "Trains H2O-style deep-learning models from job files.",
    discussion: """
      run, check, describe, init, predict, export, compare and explain need no daemon. The other commands work on the \
      spool of a daemon. Its path is --spool, else $DEEPSPOOL_SPOOL, else that in the daemon's configuration file.

      Exit status: 0 done, 64 usage, 65 bad job or data, 66 no input, 69 daemon not running, \
      70 internal error, 73 cannot write, 75 try again. follow, wait and submit --wait end with 1 if a job failed, \
      with 2 if one was cancelled and with 3 if one was rejected after it had been accepted.
      """,
    version: Product.version,
    subcommands: [
      RunCommand.self, CheckCommand.self, PredictCommand.self, DescribeCommand.self, InitCommand.self,
      ExportCommand.self, CompareCommand.self, ExplainCommand.self,
      SubmitCommand.self,
      ListCommand.self, ShowCommand.self, FollowCommand.self, LogsCommand.self, WhyCommand.self, WaitCommand.self,
      HistoryCommand.self, CancelCommand.self, HoldCommand.self,
      ReleaseCommand.self, FinishCommand.self, RetryCommand.self, PriorityCommand.self, RemoveCommand.self,
      RerunCommand.self,
    ])

  package init() {}

  /// The entry point; suggests a subcommand if the first word is none.
  package static func main() async {
    let names = configuration.subcommands.compactMap { $0.configuration.commandName }
    if let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"), !names.contains(word), word != "help" {
      exit(withError: ValidationError(CommandSuggestion.message(for: word, among: names)))
    }
    await main(nil)
  }
}
