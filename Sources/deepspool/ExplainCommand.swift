import ArgumentParser
internal import Documents
internal import JobFiles
internal import Wording

/// Prints the catalogue's description of a job file key.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explains a job file key; without a key, lists all keys.")

  @Argument(
    help: "A job file key, such as rho, or a block of keys: job or grid.",
    completion: .custom { _, _, _ in ParameterCatalogue.shared.allRows.map(\.key) })
  var parameter: String?

  @Flag(help: "Print the whole reference page (docs/reference/parameters.md).")
  var markdown = false

  @Flag(help: "Print JSON; errors, too.")
  var json = false

  func run() async throws {
    try await CommandFailure.reporting(.init(json: json)) {
      let catalogue = ParameterCatalogue.shared
      if markdown { return try print(ParameterPage.markdown(), terminator: "") }
      guard let parameter else { return try list(catalogue.allRows) }
      if catalogue.row(named: parameter) == nil {
        let block = catalogue.allRows.filter { $0.key.hasPrefix("\(parameter.lowercased()).") }
        guard block.isEmpty else { return try list(block) }
      }
      let elsewhere = catalogue.otherNames[parameter.lowercased()] ?? ""
      guard
        let row = catalogue.row(named: parameter) ?? catalogue.row(named: "job.\(parameter)")
          ?? catalogue.row(named: elsewhere)
      else {
        if let answer = ForeignKey.answer(to: parameter) {
          throw CommandFailure(.badData, "unknown key '\(parameter)': \(answer)")
        }
        let hint = NearestWord.find(parameter, among: catalogue.allRows.map(\.key)).map { "; did you mean '\($0)'?" }
        throw CommandFailure(
          .badData, "unknown key '\(parameter)'\(hint ?? "; run `deepspool explain` for a list of all keys")")
      }
      try print(json ? Self.object(row).pretty() : ParameterPage.text(for: row))
    }
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
