import ArgumentParser
internal import Documents
internal import JobFiles
internal import Wording

/// Prints the catalogue's description of a job file key.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explains a job file key or value; without a key, lists all keys.",
    discussion: """
      Names that other tools use are understood, too: `deepspool explain lr` explains rate, and `deepspool explain relu` \
      says which key has this value.
      """)

  @Argument(
    help: "A job file key such as rho, a block of keys (job or grid), or a value such as relu.",
    completion: .custom { _, _, _ in ParameterCatalogue.shared.describedRows.map(\.key) })
  var parameter: String?

  @Flag(help: "Print the whole reference page (docs/reference/parameters.md).")
  var markdown = false

  @Flag(help: "Print JSON; errors, too.")
  var json = false

  func run() async throws {
    try await CommandFailure.reporting(.init(json: json)) {
      let catalogue = ParameterCatalogue.shared
      if markdown { return try print(ParameterPage.markdown(), terminator: "") }
      guard let parameter else { return try list(catalogue.describedRows) }
      switch catalogue.meaning(of: parameter) {
      case .key(let row): try show(row)
      case .block(let rows): try list(rows)
      case .value(let sentence, let rows):
        guard !json, let first = rows.first else {
          return try print(JSONValue.array(rows.map(Self.object)).pretty())
        }
        try print("\(sentence)\n")
        try show(first)
      case nil: throw Self.unknown(parameter)
      }
    }
  }

  private static func unknown(_ name: String) -> CommandFailure {
    if let answer = ForeignKey.answer(to: name) {
      return CommandFailure(.badData, "unknown key '\(name)': \(answer)")
    }
    let found = ParameterCatalogue.shared.suggestions(for: name).map(\.text)
    let advice =
      found.isEmpty
      ? "run `deepspool explain` for a list of all keys" : "did you mean \(found.joined(separator: " or "))?"
    return CommandFailure(.badData, "unknown key '\(name)'; \(advice)")
  }

  private func show(_ row: any ParameterRow) throws {
    try print(json ? Self.object(row).pretty() : ParameterPage.text(for: row))
  }

  private func list(_ rows: [any ParameterRow]) throws {
    if json { return try print(JSONValue.array(rows.map(Self.object)).pretty()) }
    let width = (rows.map(\.key.count).max() ?? 0) + 2
    try print(rows.map { "\($0.key.padded(to: width))\($0.summary)" }.joined(separator: "\n"))
  }

  private static func object(_ row: any ParameterRow) -> JSONValue {
    .object([
      ("key", .string(row.key)), ("group", .string(row.group.rawValue)), ("type", .string(row.typeName)),
      ("default", .string(row.defaultText)), ("must_be", .string(row.ruleText)),
      ("acts_when", row.activeWhen?.text.map(JSONValue.string) ?? .null),
      ("known_as", .array(row.otherNames.map(JSONValue.string))),
      ("summary", .string(row.summary)), ("details", .string(row.details)),
    ])
  }
}
