internal import DurableFiles

/// The priority that an order gave to a job; it replaces the one in the job file.
package struct OrderedPriority: Sendable, Equatable {
  package let value: Int
  /// Whether an operator gave the order for the job of another user.
  package let isByOperator: Bool

  package init(_ value: Int, isByOperator: Bool) {
    self.value = value
    self.isByOperator = isByOperator
  }

  private static let mark = "operator"

  /// The content of ``JobFolderLayout/priorityFile``.
  var text: String { isByOperator ? "\(value) \(Self.mark)\n" : "\(value)\n" }

  static let maximumBytes = 64

  /// Parses the content of the file; nil if it is damaged.
  init?(_ text: String) {
    let parts = text.split(whereSeparator: \.isWhitespace)
    guard let value = parts.first.flatMap({ Int($0) }) else { return nil }
    self.init(value, isByOperator: parts.dropFirst().first == Self.mark[...])
  }
}
