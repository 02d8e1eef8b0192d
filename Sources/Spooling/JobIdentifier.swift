internal import DurableFiles

/// The identifier of an accepted job: its arrival number and the name of its file, such as `000042-prostate`.
///
/// Identifiers sort by arrival.
package struct JobIdentifier: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  private static let digits = 6
  private static let maximumNameCharacters = 64

  package let number: Int
  package let name: String

  /// `name`: Any text; letters lose their accents, and a hyphen stands for characters that are unsafe in a path.
  package init(number: Int, name: String) {
    self.number = number
    let trimmed = String(SafeName.of(name).drop { $0 == "." }.prefix(Self.maximumNameCharacters))
    self.name = trimmed.isEmpty ? "job" : trimmed
  }

  /// Parses the name of a job folder; nil if the name is not an identifier.
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

  /// Returns whether `text` may mean this job: its identifier, number or name, or the name of its
  /// file with or without extension.
  ///
  /// A number always means the arrival number, even if another job has that number as its name.
  package func matches(_ text: String) -> Bool {
    if let number = Int(text) { return number == self.number }
    return description == text || name == text || name == Self.name(written: text)
  }

  /// Returns the name that a job gets from a file called `text`.
  static func name(written text: String) -> String {
    let isJobFile = SpoolDirectory.jobFileExtensions.contains(Paths.fileExtension(of: text))
    return JobIdentifier(number: 0, name: isJobFile ? Paths.stem(of: text) : text).name
  }
}
