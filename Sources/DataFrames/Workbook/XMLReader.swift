internal import CExpat

/// Parses an XML text piece by piece, as its bytes arrive.
///
/// Documents with a document type are refused: workbooks have none, and entities that are defined
/// there can expand to any size. Not Sendable: one thread reads.
final class XMLReader {
  /// The largest tag, comment or instruction.
  ///
  /// Text between tags has no limit here.
  static let maximumTagBytes = 1 << 20
  /// The number of bytes that are parsed at once, which bounds what a handler receives before its caller can act.
  static let pieceBytes = 8 << 10

  private let parser: XML_Parser
  private let handler: any XMLHandler
  private var problem: XMLProblem?
  private var parsedBytes = 0

  /// Returns nil without enough memory.
  init?(_ handler: any XMLHandler) {
    guard let parser = XML_ParserCreate(nil) else { return nil }
    self.parser = parser
    self.handler = handler
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let name else { return }
        XMLReader.of(data)?.handle { handler throws(XMLProblem) in
          try handler.start(XMLName(name), XMLAttributes(attributes))
        }
      },
      { data, name in
        guard let name else { return }
        XMLReader.of(data)?.handle { handler throws(XMLProblem) in try handler.end(XMLName(name)) }
      })
    XML_SetCharacterDataHandler(parser) { data, start, count in
      guard let start, count > 0 else { return }
      let bytes = UnsafeRawBufferPointer(start: start, count: Int(count)).assumingMemoryBound(to: UInt8.self)
      XMLReader.of(data)?.handle { handler throws(XMLProblem) in try handler.text(bytes) }
    }
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      XMLReader.of(data)?.handle { _ throws(XMLProblem) in
        throw XMLProblem("it declares a document type, which workbooks do not have")
      }
    }
  }

  deinit { XML_ParserFree(parser) }

  private static func of(_ data: UnsafeMutableRawPointer?) -> XMLReader? {
    data.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
  }

  @inline(__always)
  private func handle(_ body: (any XMLHandler) throws(XMLProblem) -> Void) {
    guard problem == nil else { return }
    do throws(XMLProblem) { try body(handler) } catch {
      problem = error
      XML_StopParser(parser, XML_Bool(0))
    }
  }

  /// Parses the next bytes; `isLast` is true for the end of the text.
  ///
  /// - Throws: ``XMLProblem`` with line and column.
  func parse(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(XMLProblem) {
    let start = bytes.assumingMemoryBound(to: CChar.self).baseAddress
    let status = XML_Parse(parser, start, Int32(clamping: bytes.count), isLast ? 1 : 0)
    parsedBytes += bytes.count
    guard status == XML_STATUS_OK, problem == nil else {
      let reason =
        problem?.text ?? XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "invalid XML"
      throw XMLProblem(
        "line \(XML_GetCurrentLineNumber(parser)), column \(XML_GetCurrentColumnNumber(parser) + 1): \(reason)")
    }
    // A tag is scanned again with each piece until its end arrives, so its size is limited.
    guard parsedBytes - max(0, Int(XML_GetCurrentByteIndex(parser))) <= Self.maximumTagBytes || isLast else {
      throw XMLProblem("line \(XML_GetCurrentLineNumber(parser)): a tag of more than \(Self.maximumTagBytes) bytes")
    }
  }
}
