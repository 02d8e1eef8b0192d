import ArgumentParser
import Testing
import deepspool

/// What the command line makes of its arguments, before a command runs.
@Suite("The arguments of deepspool")
struct CommandArgumentsTests {
  /// Returns the message and the exit status for arguments; nil if they are valid.
  private func refusal(_ line: String) -> (message: String, status: Int32)? {
    do {
      _ = try DeepspoolCommand.parseAsRoot(line.split(separator: " ").map(String.init))
      return nil
    } catch {
      return (DeepspoolCommand.fullMessage(for: error), DeepspoolCommand.exitCode(for: error).rawValue)
    }
  }

  @Test(
    "valid arguments lead to their command",
    arguments: [
      ("run job.yaml", "RunCommand"), ("run - --threads 1024 --ranks 8", "RunCommand"),
      ("predict --model m --frame f --threshold 0.5", "PredictCommand"),
      ("list -a --state running,queued", "ListCommand"),
      ("history --since 2d --until 2026-11-24 7", "HistoryCommand"), ("logs -n 3 7", "LogsCommand"),
      ("follow --all 7", "FollowCommand"), ("check --data-directory /a --data-directory b j.yaml", "CheckCommand"),
      ("wait 1 iris --timeout 0", "WaitCommand"), ("cancel 1 2 iris", "CancelCommand"),
      ("priority -5 1 2", "PriorityCommand"), ("explain", "ExplainCommand"),
      ("submit --hold --name x long.yaml", "SubmitCommand"), ("submit --name x - a.yaml", "SubmitCommand"),
    ])
  func valid(_ line: String, _ command: String) throws {
    let parsed = try DeepspoolCommand.parseAsRoot(line.split(separator: " ").map(String.init))
    #expect("\(type(of: parsed))" == command)
  }

  @Test(
    "a value out of range is refused with the option, the range and the value",
    arguments: [
      ("run x --threads 0", "--threads must be between 1 and 1024, found 0"),
      ("run x --ranks -1", "--ranks must be between 1 and 1000, found -1"),
      ("run x --patience 0", "--patience must be above 0, found 0.0"),
      ("run x --max-memory-bytes 40MB", "without a unit, found '40MB'; write 40000000"),
      ("history --state running", "for those that are running, use `deepspool list --state running`"),
      ("run x --max-memory-bytes 0", "--max-memory-bytes must be at least 1, found 0"),
      ("logs 1 --tail -1", "--tail must be at least 0, found -1"),
      ("history --last -1", "--last must be at least 0, found -1"),
      ("list --watch --interval 0", "--interval must be between 0.1 and 86400 seconds, found 0.0"),
      ("wait 1 --timeout -1", "--timeout must be at least 0 seconds, found -1.0"),
      ("predict --model m --frame f --threshold 1.5", "--threshold must be"),
      ("submit --name x a.yaml b.yaml", "--name names one job; submit each file with a command of its own"),
      ("submit --name a/b x.yaml", "--name must be a name without '/'"),
      ("submit --name .x -", "that does not begin with a dot, found '.x'"),
      ("priority high 1", "the first argument must be the priority, a number between"),
    ])
  func range(_ line: String, _ message: String) throws {
    let found = try #require(refusal(line))
    #expect(found.message.contains(message), "\(found.message)")
    #expect(found.status == 64)
  }

  @Test(
    "missing and misspelt arguments are refused by name",
    arguments: [
      ("run", "Missing expected argument '<job>'"), ("cancel", "Missing expected argument '<ids> ...'"),
      ("run x --thread 2", "Unknown option '--thread'"), ("history --since yesterday", "yesterday"),
      ("list --state heldd", "unknown state 'heldd'; did you mean 'held'?"),
      ("list --state x", "unknown state 'x'; the states are running, queued, held"),
      ("priority 5", "name at least one job after the priority"), ("priority 5 1 --force", "Unknown option '--force'"),
    ])
  func unknown(_ line: String, _ message: String) throws {
    let found = try #require(refusal(line))
    #expect(found.message.contains(message), "\(found.message)")
    #expect(found.status == 64)
  }

  @Test("every command explains itself and its arguments")
  func help() throws {
    for command in DeepspoolCommand.configuration.subcommands {
      let name = try #require(command.configuration.commandName)
      let help = DeepspoolCommand.helpMessage(for: command, includeHidden: false, columns: 500)
      #expect(help.hasPrefix("OVERVIEW: \(command.configuration.abstract)"), "\(help)")
      #expect(help.contains("USAGE: deepspool \(name)"), "\(help)")
    }
  }
}
