import ArgumentParser
internal import Wording

/// The states of jobs that a list is limited to.
struct StateFilter {
  private let states: [String]

  /// - `words`: The values of an option; each has states separated by commas. None admits every state.
  init(_ words: [String]) {
    states = words.flatMap { $0.split(separator: ",").map { $0.lowercased() } }
  }

  var isEmpty: Bool { states.isEmpty }

  func admits(_ job: SpoolJob) -> Bool { states.isEmpty || states.contains(job.title) }

  /// Checks that there are such states.
  ///
  /// - Parameters:
  ///   - shown: The names of the states that the list can have.
  ///   - elsewhere: Says where jobs of other states are listed.
  /// - Throws: `ValidationError`.
  func check(among shown: [String] = SpoolJob.titles, elsewhere: (String) -> String = { _ in "" }) throws {
    for word in Set(states).sorted() where !shown.contains(word) {
      guard !SpoolJob.titles.contains(word) else { throw ValidationError(elsewhere(word)) }
      let hint = NearestWord.find(word, among: shown).map { "did you mean '\($0)'?" }
      throw ValidationError("unknown state '\(word)'; \(hint ?? "the states are \(shown.joined(separator: ", "))")")
    }
  }
}
