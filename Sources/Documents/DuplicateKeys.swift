internal import Yams

/// The keys that a block has twice, of which the later ones are hidden, so that the rest of the file can be read.
///
/// The parser refuses a text with a duplicate key without saying where it stands, and reads nothing else. Here the
/// later keys get names of their own, as long as before, so that all places stay; ``DocumentReader`` leaves them out.
struct DuplicateKeys {
  /// The number of readings of a file; each finds the duplicate keys of one block.
  private static let maximumRounds = 20
  /// The number of keys that are hidden in a file.
  private static let maximumCount = 100
  /// Characters for private use, of which the names of hidden keys are made.
  private static let placeholders = UInt32(0xE000)...0xF8FF

  private(set) var text: String
  private(set) var faults: [DocumentFault] = []
  /// The names of the hidden keys.
  private(set) var names: Set<String> = []

  private let file: String
  private var rounds = 0

  init(_ text: String, file: String) {
    self.text = text
    self.file = file
  }

  /// Hides all but the first of each duplicate key of a block, and records the faults.
  ///
  /// - Parameters:
  ///   - keys: The names of the keys.
  ///   - place: The place of one of them.
  /// - Returns: False if none can be hidden: the block is in brackets, or there are too many.
  mutating func hide(_ keys: [String], at place: Mark) -> Bool {
    rounds += 1
    guard rounds <= Self.maximumRounds, rounds > 1 || !text.unicodeScalars.contains(where: Self.isPlaceholder) else {
      return false
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.indices.contains(place.line - 1), place.column > 0 else { return false }
    let block = Block(lines, place)
    let count = names.count
    for key in keys where !key.isEmpty {
      let places = block.places(of: key, in: lines)
      for line in places.dropFirst() where names.count < Self.maximumCount {
        hide(key, in: &lines[line], faultAt: line + 1, place.column, first: places[0] + 1)
      }
    }
    text = lines.joined(separator: "\n")
    return names.count > count
  }

  private mutating func hide(_ key: String, in text: inout String, faultAt line: Int, _ column: Int, first: Int) {
    guard let spelt = text.firstRange(of: key),
      let placeholder = Unicode.Scalar(Self.placeholders.lowerBound + UInt32(names.count))
    else { return }
    let name = String(String.UnicodeScalarView(repeatElement(placeholder, count: key.unicodeScalars.count)))
    text.replaceSubrange(spelt, with: name)
    names.insert(name)
    faults.append(
      DocumentFault(
        at: SourceLocation(file: file, line: line, column: column),
        "duplicate keys: '\(key)'; keep one of each (the first is in line \(first))", key: key))
  }

  private static func isPlaceholder(_ scalar: Unicode.Scalar) -> Bool { placeholders.contains(scalar.value) }

  /// The lines of a block of keys.
  private struct Block {
    /// The number of characters before the keys.
    private let indentation: Int
    private let range: Range<Int>

    /// `place`: The place of one of its keys.
    init(_ lines: [String], _ place: Mark) {
      indentation = place.column - 1
      var start = place.line - 1
      while start > 0, Self.lead(lines[start], indentation) != .dash,
        Self.lead(lines[start - 1], indentation) != .other
      {
        start -= 1
      }
      var end = start + 1
      while end < lines.count, Self.lead(lines[end], indentation) == .blank { end += 1 }
      range = start..<end
    }

    /// The characters before the keys in a line.
    private enum Lead {
      case blank
      /// The dash of a list, whose item the block is; it begins here.
      case dash
      case other
    }

    private static func lead(_ line: String, _ indentation: Int) -> Lead {
      let content = line.drop { $0 == " " }
      guard !content.isEmpty, !content.hasPrefix("#") else { return .blank }
      let lead = line.prefix(indentation)
      guard lead.count == indentation, lead.allSatisfy({ $0 == " " || $0 == "-" }) else { return .other }
      return lead.contains("-") ? .dash : .blank
    }

    /// Returns the indices of the lines that begin with a key.
    func places(of key: String, in lines: [String]) -> [Int] {
      let spellings = [key, "\"\(key)\"", "'\(key)'"]
      return range.filter { index in
        let text = lines[index].dropFirst(indentation)
        return spellings.contains { text.hasPrefix($0) && text.dropFirst($0.count).drop { $0 == " " }.first == ":" }
      }
    }
  }
}
