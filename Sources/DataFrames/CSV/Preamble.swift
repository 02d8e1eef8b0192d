/// The lines above a table that are not part of it.
struct Preamble {
  /// The marks of comments that are recognised above a table.
  private static let marks = ["#", "%", "//"]

  /// The number of bytes and lines above the first record.
  private(set) var byteCount = 0
  private(set) var lineCount = 0
  /// The separator that a line such as `sep=;` states, as Excel writes and reads it.
  private(set) var separator: UInt8?
  /// The comments, behind their marks; one of them is the header in some files.
  private(set) var comments: [Preamble.Line] = []

  struct Line {
    var start: Int
    /// The number of lines before it.
    let lineCount: Int
    let mark: String
    /// True if text follows the mark without a blank, as in `#name`.
    let isName: Bool
  }

  /// True if the last comment may be the name of a column, and others.
  var isCommentName: Bool { comments.last?.isName == true }

  /// No lines.
  init() {}

  /// - Throws: ``FrameError/unusable(path:problem:)`` if the text has fewer lines than the job skips.
  init(_ head: UnsafeBufferPointer<UInt8>, path: String, options: ReadOptions) throws(FrameError) {
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { byteCount = 3 }
    for _ in 0..<max(0, options.skippedLines) {
      guard byteCount < head.count else {
        throw .unusable(
          path: path, problem: "skip_lines is \(options.skippedLines), but the file has only \(lineCount) lines")
      }
      skipLine(head)
    }
    guard options.rules.types == .byEvidence else {
      // A stated number of lines may leave nothing to skip; the scanner then skips the byte order mark.
      if lineCount == 0 { byteCount = 0 }
      return
    }
    takeSeparator(head)
    if options.comment == nil { takeComments(head) }
  }

  private mutating func takeSeparator(_ head: UnsafeBufferPointer<UInt8>) {
    let end = Self.lineEnd(head, byteCount)
    var line = Array(head[byteCount..<end])
    if line.first == UInt8(ascii: "\""), line.last == UInt8(ascii: "\""), line.count > 2 {
      line = Array(line.dropFirst().dropLast())
    }
    guard line.count == 5, line.prefix(4).elementsEqual("sep=".utf8) || line.prefix(4).elementsEqual("SEP=".utf8)
    else { return }
    separator = line[4]
    skipLine(head)
  }

  /// Skips comments, unless nothing follows them.
  private mutating func takeComments(_ head: UnsafeBufferPointer<UInt8>) {
    var next = self
    while next.byteCount < head.count {
      let rest = head[next.byteCount..<Self.lineEnd(head, next.byteCount)]
      if let mark = Self.marks.first(where: { rest.starts(with: $0.utf8) }) {
        next.comments.append(
          Line(
            start: next.byteCount + mark.utf8.count, lineCount: next.lineCount, mark: mark,
            isName: rest.dropFirst(mark.utf8.count).first.map { $0 > UInt8(ascii: " ") } ?? false))
      } else if rest.contains(where: { $0 > UInt8(ascii: " ") }) {
        if !next.comments.isEmpty { self = next }
        return
      }
      next.skipLine(head)
    }
  }

  private mutating func skipLine(_ head: UnsafeBufferPointer<UInt8>) {
    byteCount = Self.lineEnd(head, byteCount)
    guard byteCount < head.count else { return lineCount += 1 }
    head.skipLineEnd(&byteCount)
    lineCount += 1
  }

  /// Returns the preamble that ends before the record at `position`.
  func ending(before position: Int, _ head: UnsafeBufferPointer<UInt8>) -> Preamble {
    var result = self
    while result.byteCount < position { result.skipLine(head) }
    return result
  }

  /// Returns the position of the next line end from `start` on; the end of the text without one.
  static func lineEnd(_ head: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var end = start
    while end < head.count, head[end] != UInt8(ascii: "\n"), head[end] != UInt8(ascii: "\r") { end += 1 }
    return end
  }

  /// Returns the preamble that ends before a comment, whose text is then the first record.
  ///
  /// A mark that a blank follows is left out; `#name` is the name of a column.
  func ending(beforeComment comment: Line, _ head: UnsafeBufferPointer<UInt8>) -> Preamble {
    var result = ending(behindMarkOf: comment)
    if comment.start < head.count, head[comment.start] != UInt8(ascii: " ") {
      result.byteCount -= comment.mark.utf8.count
    }
    return result
  }

  /// Returns the preamble that ends behind the mark of a comment.
  func ending(behindMarkOf comment: Line) -> Preamble {
    var result = self
    (result.lineCount, result.byteCount) = (comment.lineCount, comment.start)
    return result
  }
}
