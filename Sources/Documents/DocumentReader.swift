internal import Yams

/// Reads YAML or JSON text into nodes with locations, within limits that keep a hostile file cheap.
///
/// Yams' decoder is unsuitable: it ignores unknown keys and loses line numbers. Anchors and aliases
/// are refused, because a few lines of them can expand to gigabytes.
package enum DocumentReader {
  /// The maximum size; job and configuration files are written by hand and rarely exceed a kilobyte.
  package static let maximumBytes = 1 << 20
  /// The maximum number of values in a document, which limits the time of all later steps.
  package static let maximumNodes = 20_000
  /// The maximum nesting of brackets or indentation levels; the recursive parser needs stack for each.
  static let maximumNesting = 64

  /// The mark with which some editors begin files in UTF-8.
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Parses `text` into its single document.
  ///
  /// - `bytes`: The content of the file; UTF-8 of at most ``maximumBytes``.
  /// - `file`: The name of the file in messages.
  /// - `noun`: The kind of file in messages.
  /// - Returns: The document; nil for a text without one, such as comments alone.
  /// Throws ``DocumentError`` with one fault per problem found.
  package static func read(
    _ bytes: [UInt8], file: String, maximumBytes: Int = maximumBytes, maximumNodes: Int = maximumNodes,
    noun: String = "job file"
  ) throws(DocumentError) -> DocumentNode? {
    let (root, faults) = try check(
      bytes, file: file, maximumBytes: maximumBytes, maximumNodes: maximumNodes, noun: noun)
    guard faults.isEmpty else { throw DocumentError(faults) }
    return root
  }

  /// Parses `text` as ``read(_:file:maximumBytes:maximumNodes:noun:)`` does, and returns the faults that leave the rest
  /// readable beside what is valid: duplicate keys, anchors and aliases, keys that are not text.
  ///
  /// Throws ``DocumentError`` if nothing can be read.
  package static func check(
    _ bytes: [UInt8], file: String, maximumBytes: Int = maximumBytes, maximumNodes: Int = maximumNodes,
    noun: String = "job file"
  ) throws(DocumentError) -> (root: DocumentNode?, faults: [DocumentFault]) {
    let start = SourceLocation(file: file, line: 1, column: 1)
    func refuse(_ message: String, at location: SourceLocation? = nil) -> DocumentError {
      DocumentError([DocumentFault(at: location ?? start, message)])
    }
    guard bytes.count <= maximumBytes else {
      throw refuse(
        "the file has \(bytes.count) bytes; a \(noun) has at most \(maximumBytes). Is this a data file?")
    }
    let bytes = bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(byteOrderMark.count)) : bytes
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      throw refuse("this is not a text file in UTF-8; save the \(noun) as UTF-8, with YAML or JSON text")
    }
    if let location = tooDeep(bytes, file: file) {
      throw refuse(
        "values are nested more than \(maximumNesting) deep; a \(noun) needs at most three levels", at: location)
    }
    guard possibleAliases(bytes) <= maximumPossibleAliases else {
      throw refuse("aliases ('*name') are not supported; write the values out")
    }
    var duplicates = DuplicateKeys(text, file: file)
    while true {
      do {
        // Nodes hold their anchors weakly, so the parser must outlive the walk.
        let parser = try Parser(yaml: duplicates.text)
        return try withExtendedLifetime(parser) { () throws -> (root: DocumentNode?, faults: [DocumentFault]) in
          guard let root = try parser.singleRoot() else { return (nil, duplicates.faults) }
          var walk = DocumentWalk(file: file, maximumNodes: maximumNodes, hiddenKeys: duplicates.names)
          let node = walk.convert(root)
          return (node, duplicates.faults + walk.faults)
        }
      } catch {
        if case .duplicatedKeysInMapping(let keys, let context) = error as? YamlError,
          duplicates.hide(keys, at: context.mark)
        {
          continue
        }
        throw DocumentError(duplicates.faults + [fault(of: error, file: file)])
      }
    }
  }

  /// The number of possible aliases that may reach the parser.
  ///
  /// Aliases are refused after parsing, with their locations. But the parser compares keys, and a
  /// key built of nested aliases could keep it busy forever; this few cannot.
  private static let maximumPossibleAliases = 8

  /// Counts the asterisks that could begin an alias.
  private static func possibleAliases(_ bytes: [UInt8]) -> Int {
    var count = 0
    var previous = UInt8(ascii: "\n")
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "*"), index + 1 < bytes.count, bytes[index + 1] > UInt8(ascii: " "),
        [UInt8](" \t\n\r[{,:-?".utf8).contains(previous)
      {
        count += 1
      }
      previous = byte
    }
    return count
  }

  /// Returns the location where flow brackets or indentation exceed the maximum nesting, found without recursion.
  private static func tooDeep(_ bytes: [UInt8], file: String) -> SourceLocation? {
    var line = 1
    var column = 0
    var depth = 0
    var leading = 0
    var isLeading = true
    for byte in bytes {
      column += 1
      switch byte {
      case UInt8(ascii: "\n"):
        (line, column, leading, isLeading) = (line + 1, 0, 0, true)
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        isLeading = false
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth = max(0, depth - 1)
        isLeading = false
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
        if isLeading { leading += 1 }
      default:
        isLeading = false
      }
      // Each block level takes at least one leading character, so their number limits the depth.
      if depth > maximumNesting || leading > 2 * maximumNesting {
        return SourceLocation(file: file, line: line, column: column)
      }
    }
    return nil
  }

  private static func fault(of error: any Error, file: String) -> DocumentFault {
    func at(_ mark: Mark) -> SourceLocation { SourceLocation(file: file, line: mark.line, column: mark.column) }
    let advice = "check indentation, colons and quotes here"
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, let text) where isTab(problem, at: mark, in: text):
      return DocumentFault(at: at(mark), "invalid YAML: a tab cannot indent YAML; use spaces")
    case .scanner(_, let problem, let mark, let text) where problem.contains("mapping values are not allowed"):
      guard let colon = colonWithoutBlank(before: mark, in: text) else {
        return DocumentFault(at: at(mark), "invalid YAML: \(problem); \(advice)")
      }
      return DocumentFault(
        at: SourceLocation(file: file, line: colon.line, column: colon.column),
        "invalid YAML: put a blank after the colon: '\(colon.key): ...'")
    case .scanner(let context?, let problem, _, _) where problem.contains("could not find expected ':'"):
      return DocumentFault(
        at: at(context.mark), "invalid YAML: this is no 'key: value'; put a colon and a blank behind the key")
    case .scanner(_, let problem, let mark, let text):
      let sentence = BackslashAdvice.sentence(problem, line: mark.line, column: mark.column, in: text)
      return DocumentFault(at: at(mark), "invalid YAML: \(sentence ?? "\(problem); \(advice)")")
    case .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
      return DocumentFault(at: at(mark), "invalid YAML: \(problem); \(advice)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "'\($0)'" }.joined(separator: ", ")
      return DocumentFault(at: at(context.mark), "duplicate keys: \(names); keep one of each")
    default:
      let start = SourceLocation(file: file, line: 1, column: 1)
      return DocumentFault(at: start, "invalid YAML: \(error); \(advice)")
    }
  }

  /// Returns the last line before `mark` that begins with a key and a colon without a blank; nil if there is none.
  ///
  /// The parser takes such a line for a text that the next line continues, and complains about the colon there.
  private static func colonWithoutBlank(
    before mark: Mark, in text: String
  ) -> (line: Int, column: Int, key: Substring)? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated().prefix(max(0, mark.line - 1)).reversed() {
      let content = line.drop { $0 == " " }
      guard let colon = content.firstIndex(of: ":"), colon > content.startIndex,
        content[..<colon].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }),
        let next = content[colon...].dropFirst().first, !next.isWhitespace
      else { continue }
      return (number + 1, line.count - content.count + 1, content[..<colon].prefix(60))
    }
    return nil
  }

  /// Returns whether the parser refuses a tab, which it reports by one of several messages.
  private static func isTab(_ problem: String, at mark: Mark, in text: String) -> Bool {
    if problem.contains("tab character") { return true }
    guard problem.contains("cannot start any token") else { return false }
    // The parser counts lines and columns from 1, columns in code points.
    let lines = text.unicodeScalars.split(separator: "\n", maxSplits: mark.line, omittingEmptySubsequences: false)
    guard lines.indices.contains(mark.line - 1) else { return false }
    return lines[mark.line - 1].dropFirst(mark.column - 1).first == "\t"
  }
}

/// Converts Yams nodes and collects faults.
private struct DocumentWalk {
  let file: String
  let maximumNodes: Int
  /// Keys that are left out.
  let hiddenKeys: Set<String>
  var faults: [DocumentFault] = []
  var nodeCount = 0

  mutating func convert(_ node: Node) -> DocumentNode {
    let location = place(node.mark)
    nodeCount += 1
    if nodeCount == maximumNodes {
      faults.append(DocumentFault(at: location, "more than \(maximumNodes) values in one file"))
    }
    guard nodeCount < maximumNodes else {
      return DocumentNode(location: location, content: .scalar("", isPlain: true))
    }
    if let anchor = node.anchor {
      faults.append(
        DocumentFault(at: location, "anchors ('&\(anchor.rawValue)') are not supported; write the value out"))
    }
    switch node {
    case .scalar(let scalar):
      if scalar.style == .doubleQuoted, let sentence = BackslashAdvice.sentence(spoilt: scalar.string) {
        faults.append(DocumentFault(at: location, sentence))
      }
      return DocumentNode(location: location, content: .scalar(scalar.string, isPlain: scalar.style == .plain))
    case .sequence(let sequence):
      return DocumentNode(location: location, content: .sequence(sequence.map { convert($0) }))
    case .mapping(let mapping):
      var entries: [(key: DocumentKey, value: DocumentNode)] = []
      for (keyNode, valueNode) in mapping {
        let (key, value) = (convertKey(keyNode), convert(valueNode))
        if let key, !hiddenKeys.contains(key.name) { entries.append((key, value)) }
      }
      return DocumentNode(location: location, content: .mapping(entries))
    case .alias(let alias):
      let name = alias.anchor.rawValue
      faults.append(DocumentFault(at: location, "aliases ('*\(name)') are not supported; write the value out"))
      return DocumentNode(location: location, content: .scalar("", isPlain: true))
    }
  }

  /// Returns the key; nil if it is not text.
  private mutating func convertKey(_ node: Node) -> DocumentKey? {
    let location = place(node.mark)
    guard case .scalar(let scalar) = node else {
      faults.append(DocumentFault(at: location, "a key must be text, not a list or mapping"))
      return nil
    }
    if node.anchor != nil {
      faults.append(DocumentFault(at: location, "anchors are not supported; write the value out"))
    }
    return DocumentKey(name: scalar.string, location: location)
  }

  private func place(_ mark: Mark?) -> SourceLocation {
    SourceLocation(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
  }
}
