internal import Documents
internal import DurableFiles

/// An order that a job was given, as its folder records it: a line of ``JobFolderLayout/ordersFile``.
package struct RecordedOrder: Sendable, Equatable {
  private enum Key {
    static let (time, order, userID, user, ignored) = ("time", "order", "uid", "user", "ignored")
  }

  /// The order in words, such as `cancel` or `priority 5`.
  package let text: String
  package let giver: OrderGiver
  /// Seconds since 1970.
  package let seconds: Double
  /// The reason for which the job did not obey; nil if it did.
  package let refusal: String?

  init(_ given: GivenOrder) { (text, giver, seconds, refusal) = (given.text, given.giver, given.seconds, nil) }

  /// Returns nil if the order has no owner that counts.
  init?(_ answer: OrderAnswer, seconds: Double) {
    guard let giver = answer.giver else { return nil }
    (text, self.giver, self.seconds, refusal) = (answer.order.rawValue, giver, seconds, answer.reason)
  }

  var line: String {
    var entries: [(String, JSONValue)] = [
      (Key.time, .number(seconds)), (Key.order, .string(text)), (Key.userID, .int(Int(giver.userID))),
      (Key.user, giver.userName.map { .string($0) } ?? .null),
    ]
    if let refusal { entries.append((Key.ignored, .string(refusal))) }
    return JSONValue.object(entries).line
  }

  /// Parses a line; nil if it is damaged.
  init?(line: some StringProtocol) {
    guard let node = try? DocumentReader.read(Array(line.utf8), file: JobFolderLayout.ordersFile),
      case .mapping(let entries) = node.content
    else { return nil }
    var fields: [String: String] = [:]
    for (key, value) in entries {
      switch value.content {
      // JSON quotes texts, so a plain `null` is no user name.
      case .scalar(let text, let isPlain) where !isPlain || text != "null": fields[key.name] = text
      default: break
      }
    }
    guard let text = fields[Key.order], let userID = fields[Key.userID].flatMap({ UInt32($0) }) else { return nil }
    self.text = text
    giver = OrderGiver(userID: userID, userName: fields[Key.user])
    seconds = fields[Key.time].flatMap(Double.init) ?? 0
    refusal = fields[Key.ignored]
  }
}
