internal import DurableFiles
internal import Wording

/// A rejected job file; its text is the file `NAME.why` beside it.
package struct Rejection: Sendable, Equatable {
  /// The number of arrival and the name that the job has or would have had.
  package let id: JobIdentifier
  /// The submitter; nil if unknown.
  package let submitterID: UInt32?

  package init(_ id: JobIdentifier, submitterID: UInt32?) {
    self.id = id
    self.submitterID = submitterID
  }

  private static let (opening, closing, userMark) = (" (number ", ") was rejected:", "uid ")

  /// Returns the text that tells why a file called `name` was rejected.
  static func text(_ name: String, number: Int, _ submitter: Submitter?, reason: String) -> String {
    // The first line is read again, so a name must not add lines to it.
    let user = submitter.map { user in
      (user.userName.map { ", submitted by \($0), " } ?? ", submitted by ") + userMark + String(user.userID)
    }
    return name.replacingControls + opening + String(number) + (user ?? "") + closing
      + "\n\n\(reason)\n\n\(advice)\n"
  }

  private static let advice = "Resolve this, then drop the file into incoming again."
  /// The advice of versions up to 0.3.0.
  private static let earlierAdvices = [
    "Correct the file and drop it into incoming again.", "Then drop the file into incoming again.",
  ]

  /// Returns the reason in the text of a rejection, without the lines before and after it.
  package static func reason(inText text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.first?.hasSuffix(closing) == true { lines.removeFirst() }
    let advices = [advice] + earlierAdvices
    while let last = lines.last, last.isEmpty || advices.contains(String(last)) { lines.removeLast() }
    return lines.drop(while: \.isEmpty).joined(separator: "\n")
  }

  /// Returns whether a text of a rejection is about a file called `name` and gives `reason`.
  static func matches(_ text: String, name: String, reason: String) -> Bool {
    text.hasPrefix(name.replacingControls + opening) && text.contains(reason)
  }

  /// Ample for the first line of the text: a name of at most 255 bytes, numbers and a user name.
  static let headBytes = 2048

  /// Parses the beginning of the text; nil if something else wrote it.
  init?(head: [UInt8]) {
    let text = String(decoding: head.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    guard text.hasSuffix(Self.closing),
      let start = text.ranges(of: Self.opening).last
    else { return nil }
    let facts = text[start.upperBound...].dropLast(Self.closing.count)
    guard let number = Int(facts.prefix { $0.isWholeNumber }) else { return nil }
    let user = facts.ranges(of: Self.userMark).last.flatMap { UInt32(facts[$0.upperBound...]) }
    self.init(
      JobIdentifier(number: number, name: Paths.stem(of: String(text[..<start.lowerBound]))), submitterID: user)
  }
}
