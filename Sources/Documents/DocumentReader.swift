internal import Yams

/// Reads YAML or JSON text into nodes that know their place, within limits that keep a hostile file cheap.
///
/// Yams' decoder is not used: it ignores unknown keys and loses line numbers. Anchors and aliases are refused,
/// because a few lines of them can unfold into gigabytes.
package enum DocumentReader {
  /// Job and configuration files are written by hand; a megabyte is a thousand times what one needs.
  package static let maximumBytes = 1 << 20
  /// Values in one document: bounds the time of every later step.
  package static let maximumNodes = 20_000
  /// Brackets or indentation levels within each other; the parser recurses, so this bounds its stack.
  static let maximumNesting = 64

  /// Parses `text` into its single document.
  ///
  /// - `bytes`: The file's content; must be UTF-8 of at most ``maximumBytes``.
  /// - `file`: The name that messages carry.
  /// - `noun`: What the file is, for messages.
  /// - Returns: Nil for a text without a document, such as comments alone.
  /// Throws ``DocumentError`` with one fault per problem that could be told apart.
  package static func read(
    _ bytes: [UInt8], file: String, maximumBytes: Int = maximumBytes, maximumNodes: Int = maximumNodes,
    noun: String = "job file"
  ) throws(DocumentError) -> DocumentNode? {
    let start = SourceLocation(file: file, line: 1, column: 1)
    func refuse(_ message: String, at location: SourceLocation? = nil) -> DocumentError {
      DocumentError([DocumentFault(at: location ?? start, message)])
    }
    guard bytes.count <= maximumBytes else {
      throw refuse("the file has \(bytes.count) bytes; a \(noun) has at most \(maximumBytes). Is this a data file?")
    }
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      throw refuse("this is not a text file in UTF-8; write the \(noun) as YAML or JSON text")
    }
    if let location = tooDeep(bytes, file: file) {
      throw refuse("values are nested more than \(maximumNesting) deep; a \(noun) needs three levels", at: location)
    }
    guard possibleAliases(bytes) <= maximumPossibleAliases else {
      throw refuse("aliases ('*name') are refused; write the values out")
    }
    do {
      // Nodes hold their anchors weakly: the parser must outlive the walk.
      let parser = try Parser(yaml: text)
      return try withExtendedLifetime(parser) {
        guard let root = try parser.singleRoot() else { return nil }
        var walk = DocumentWalk(file: file, maximumNodes: maximumNodes)
        let node = walk.convert(root)
        guard walk.faults.isEmpty else { throw DocumentError(walk.faults) }
        return node
      }
    } catch let error as DocumentError {
      throw error
    } catch {
      throw DocumentError([fault(of: error, file: file)])
    }
  }

  /// Aliases are refused after parsing, with their places.
  ///
  /// But the parser compares keys, and a key that is an alias of aliases of aliases would keep it busy for ever; so
  /// few are allowed to reach it that they cannot.
  private static let maximumPossibleAliases = 8

  /// Places where an asterisk before a letter could begin an alias.
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

  /// The place where flow brackets or the indentation of a line go deeper than allowed, found without recursion.
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
      // Each block level takes at least one leading character, so this many bound the depth.
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
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return DocumentFault(at: at(mark), "this is not YAML: \(problem); \(advice)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "'\($0)'" }.joined(separator: ", ")
      return DocumentFault(at: at(context.mark), "keys given twice: \(names); keep one of each")
    default:
      let start = SourceLocation(file: file, line: 1, column: 1)
      return DocumentFault(at: start, "this is not YAML: \(error); \(advice)")
    }
  }
}

/// Converts Yams nodes, collecting what is refused.
private struct DocumentWalk {
  let file: String
  let maximumNodes: Int
  var faults: [DocumentFault] = []
  var nodeCount = 0

  mutating func convert(_ node: Node) -> DocumentNode {
    let location = place(node.mark)
    nodeCount += 1
    if nodeCount == maximumNodes {
      faults.append(DocumentFault(at: location, "more than \(maximumNodes) values in one file"))
    }
    guard nodeCount < maximumNodes else {
      return DocumentNode(location: location, content: .sequence([]))
    }
    if let anchor = node.anchor {
      faults.append(DocumentFault(at: location, "anchors ('&\(anchor.rawValue)') are refused; write the value out"))
    }
    switch node {
    case .scalar(let scalar):
      return DocumentNode(location: location, content: .scalar(scalar.string, isPlain: scalar.style == .plain))
    case .sequence(let sequence):
      return DocumentNode(location: location, content: .sequence(sequence.map { convert($0) }))
    case .mapping(let mapping):
      return DocumentNode(
        location: location, content: .mapping(mapping.map { (convertKey($0.key), convert($0.value)) }))
    case .alias(let alias):
      let name = alias.anchor.rawValue
      faults.append(DocumentFault(at: location, "aliases ('*\(name)') are refused; write the value out"))
      return DocumentNode(location: location, content: .sequence([]))
    }
  }

  private mutating func convertKey(_ node: Node) -> DocumentKey {
    let location = place(node.mark)
    guard case .scalar(let scalar) = node else {
      faults.append(DocumentFault(at: location, "a key must be a word"))
      return DocumentKey(name: "", location: location)
    }
    if node.anchor != nil {
      faults.append(DocumentFault(at: location, "anchors are refused; write the value out"))
    }
    return DocumentKey(name: scalar.string, location: location)
  }

  private func place(_ mark: Mark?) -> SourceLocation {
    SourceLocation(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
  }
}
