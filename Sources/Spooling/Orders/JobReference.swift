/// A text by which a user refers to a job: an identifier, a number or a name.
///
/// Identifiers and numbers may mean the job of any user. A name means jobs of the user alone, so that nobody can put a
/// job of theirs in the place of another user's.
package struct JobReference: Sendable {
  package let text: String
  private let number: Int?
  private let written: String

  package init(_ text: String) {
    self.text = text
    number = Int(text)
    written = JobIdentifier.name(written: text)
  }

  /// Whether the text is a number, which always means the number of arrival.
  var isNumber: Bool { number != nil }

  /// Returns whether a job has this name, ignoring whose job it is.
  package func isName(of id: JobIdentifier) -> Bool { number == nil && (id.name == text || id.name == written) }

  /// Returns the jobs that the text means.
  ///
  /// - `id`: Returns the identifier of a candidate.
  /// - `isOwn`: Returns whether a candidate belongs to the user.
  package func meant<Candidate>(
    among candidates: some Sequence<Candidate>, id: (Candidate) -> JobIdentifier, isOwn: (Candidate) -> Bool
  ) -> [Candidate] {
    let candidates = Array(candidates)
    if let number { return candidates.filter { id($0).number == number } }
    let exact = candidates.filter { id($0).description == text }
    guard exact.isEmpty else { return exact }
    return candidates.filter { isName(of: id($0)) && isOwn($0) }
  }
}
