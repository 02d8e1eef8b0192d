import ArgumentParser
import Testing
import deepspool

@Suite("Suggestions for words that are no subcommand")
struct CommandSuggestionTests {
  private static let names = DeepspoolCommand.configuration.subcommands.compactMap { $0.configuration.commandName }

  @Test(
    "a word of another tool, a typing error and capital letters lead to the command",
    arguments: [
      ("train", "run"), ("sbatch", "submit"), ("squeue", "list"), ("kill", "cancel"), ("rm", "remove"), ("lst", "list"),
      ("pridict", "predict"), ("RUN", "run"),
    ])
  func found(_ word: String, _ command: String) {
    #expect(Self.names.contains(command))
    #expect(
      CommandSuggestion.message(for: word, among: Self.names)
        == "unknown subcommand '\(word)'; did you mean '\(command)'?")
  }

  @Test("a word that resembles no command gets the list of commands")
  func missing() {
    let message = CommandSuggestion.message(for: "xyzzyplugh", among: Self.names)
    #expect(message == "unknown subcommand 'xyzzyplugh'; the subcommands are \(Self.names.joined(separator: ", "))")
  }
}
