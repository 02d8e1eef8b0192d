internal import DurableFiles

/// The name under which a job is known from acceptance on: its number of arrival and the name of its file.
///
/// Sorts by arrival: `000042-prostate`.
package struct JobIdentifier: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  private static let digits = 6
  private static let maximumNameCharacters = 64

  package let number: Int
  package let name: String

  /// `name`: Any text; what is not safe in a path becomes a hyphen.
  package init(number: Int, name: String) {
    self.number = number
    let safe = name.unicodeScalars.map { Self.isSafe($0) ? Character($0) : "-" }
    let trimmed = String(safe.drop { $0 == "." }.prefix(Self.maximumNameCharacters))
    self.name = trimmed.isEmpty ? "job" : trimmed
  }

  /// The identifier that a folder's name spells, nil if it spells none.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", maxSplits: 1)
    guard parts.count == 2, parts[0].count >= Self.digits, parts[0].allSatisfy(\.isWholeNumber),
      let number = Int(parts[0])
    else { return nil }
    self.init(number: number, name: String(parts[1]))
    guard description == text else { return nil }
  }

  package var description: String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, Self.digits - digits.count)) + digits + "-" + name
  }

  package static func < (a: JobIdentifier, b: JobIdentifier) -> Bool { (a.number, a.name) < (b.number, b.name) }

  /// Whether a person may mean this job: the whole identifier, its number, its name, or the name of its file as it was
  /// written, with its ending or without.
  ///
  /// A number means the number, also where another job bears it as a name.
  package func matches(_ text: String) -> Bool {
    if let number = Int(text) { return number == self.number }
    return description == text || name == text || name == Self.name(written: text)
  }

  /// The jobs that a person may mean by a text; a whole identifier means that job, also where another bears it as a name.
  package static func meant(_ text: String, among ids: some Sequence<JobIdentifier>) -> [JobIdentifier] {
    let matching = ids.filter { $0.matches(text) }
    let exact = matching.filter { $0.description == text }
    return exact.isEmpty ? matching : exact
  }

  /// The name that a job gets from a file that is called so.
  static func name(written text: String) -> String {
    let isJobFile = SpoolDirectory.jobFileExtensions.contains(Paths.fileExtension(of: text))
    return JobIdentifier(number: 0, name: isJobFile ? Paths.stem(of: text) : text).name
  }

  private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": true
    default: false
    }
  }
}
