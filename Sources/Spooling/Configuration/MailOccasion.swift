/// The ended jobs about which a user gets mail.
package enum MailOccasion: String, Sendable, Equatable, CaseIterable {
  case never
  /// Jobs that failed or were rejected.
  case failures
  case always

  /// The longest address that mail systems accept (RFC 5321).
  private static let maximumAddressBytes = 254

  /// Returns whether a text is one address or local user that a mail program takes for nothing else.
  package static func isAddress(_ text: String) -> Bool {
    guard !text.isEmpty, text.utf8.count <= maximumAddressBytes, !text.hasPrefix("-") else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "@", ".", "_", "-", "+", "=", "%": true
      default: false
      }
    }
  }
}
