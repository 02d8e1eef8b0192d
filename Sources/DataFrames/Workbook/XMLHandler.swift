internal import Glibc

/// Receives the elements of an XML text, in order.
///
/// Names are local: prefixes of namespaces are removed, because writers choose them freely.
protocol XMLHandler: AnyObject {
  func start(_ element: XMLName, _ attributes: XMLAttributes) throws(XMLProblem)
  func end(_ element: XMLName) throws(XMLProblem)
  /// Receives the next bytes of text, in UTF-8; one text may arrive in several pieces.
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(XMLProblem)
}

extension XMLHandler {
  func end(_ element: XMLName) throws(XMLProblem) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(XMLProblem) {}
}

/// A violation of the rules for the content of an XML text; the reader adds its place.
struct XMLProblem: Error, Equatable {
  let text: String

  init(_ text: String) { self.text = text }
}

/// The local name of an element or attribute, valid while its handler runs.
struct XMLName {
  private let start: UnsafePointer<CChar>

  init(_ name: UnsafePointer<CChar>) {
    start = strchr(name, Int32(UInt8(ascii: ":"))).map { UnsafePointer($0 + 1) } ?? name
  }

  static func ~= (pattern: StaticString, name: XMLName) -> Bool {
    strcmp(name.start, UnsafeRawPointer(pattern.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
  }
}

/// The attributes of an element, valid while its handler runs.
struct XMLAttributes {
  /// Names and values in turn, with a null pointer at the end.
  private let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  init(_ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?) { self.list = list }

  /// Calls `body` with each name and value.
  @inline(__always)
  func forEach(_ body: (XMLName, XMLValue) -> Void) {
    guard var next = list else { return }
    while let name = next[0], let value = next[1] {
      body(XMLName(name), XMLValue(start: value))
      next += 2
    }
  }

  subscript(_ wanted: StaticString) -> XMLValue? {
    var found: XMLValue?
    forEach { name, value in if wanted ~= name { found = value } }
    return found
  }
}

/// The value of an attribute, valid while its handler runs.
struct XMLValue {
  let start: UnsafePointer<CChar>

  var text: String { String(cString: start) }

  /// The value as a whole number without sign of at most nine digits; nil for everything else.
  var number: Int? {
    var (value, index) = (0, 0)
    while start[index] != 0 {
      let digit = Int(start[index]) - 48
      guard index < 9, (0...9).contains(digit) else { return nil }
      value = value * 10 + digit
      index += 1
    }
    return index > 0 ? value : nil
  }

  /// The value as a switch, which XML writes as `1` or `true`.
  var isTrue: Bool { "1" ~= XMLName(start) || "true" ~= XMLName(start) }
}
