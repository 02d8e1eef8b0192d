/// A table of lines of text, plain or compressed, whose blocks are parsed by several threads.
final class TextTable: StoredTable {
  /// The maximum number of sampled fields.
  private static let sampledFields = 4_000_000
  private static let sampledBytes = 1 << 20

  private let file: TableFile
  private let options: ReadOptions
  private let reader: TableReader
  /// Returns the text from its beginning, limited in bytes.
  private let source: (_ maximumBytes: Int) -> any ByteReader
  private var stream: Stream?

  /// The progress of reading rows in pieces.
  private struct Stream {
    let blocks: TextBlocks
    let format: any TextFormat
    let parser: any BlockParser
    let plan: TypePlan
    var linesBefore = 0
    var isFirst = true
  }

  /// Returns true: a file that is nothing else is text.
  static func recognises(_ file: TableFile) -> Bool { true }

  convenience init(_ file: TableFile, options: ReadOptions) throws(FrameError) {
    self.init(file, options: options) { ByteSource(file, maximumBytes: $0) }
  }

  /// Reads a text that `source` makes from the file.
  init(_ file: TableFile, options: ReadOptions, source: @escaping (_ maximumBytes: Int) -> any ByteReader) {
    self.file = file
    self.options = options
    self.source = source
    reader = TableReader(path: file.name, options: options)
  }

  private func blocks(_ source: any ByteReader) -> TextBlocks {
    TextBlocks(source, types: options.rules.types)
  }

  func frame() throws(FrameError) -> Frame {
    try reader.read(blocks(source(options.maximumBytes)))
  }

  func nextRows() throws(FrameError) -> Frame? {
    var stream = if let stream { stream } else { try opened() }
    let line = BlockLine(threads: options.threads)
    var count = 0
    while count < max(1, options.threads), let block = try stream.blocks.next(stream.format.recordEnds) {
      let (parser, isFirst) = (stream.parser, stream.isFirst)
      line.add { parser.read(block, isFirst: isFirst) }
      stream.isFirst = false
      count += 1
    }
    let parts = line.finish()
    guard count > 0 else { return nil }
    try reader.check(parts, linesBefore: stream.linesBefore)
    let frame = try reader.frame(
      parts, format: stream.format, plan: stream.plan, linesBefore: stream.linesBefore)
    stream.linesBefore += parts.reduce(0) { $0 + $1.lineCount }
    self.stream = stream
    return frame
  }

  private func opened() throws(FrameError) -> Stream {
    let blocks = blocks(source(.max))
    let format = try reader.format(blocks, for: .stream)
    let plan = try TypePlan(try blocks.head(), format: format, path: file.name, options: options, isWhole: true)
    return Stream(
      blocks: blocks, format: format, parser: format.parser(plans: plan.plans, options: options), plan: plan)
  }

  func outline() throws(FrameError) -> TableOutline {
    let source = source(.max)
    let blocks = blocks(source)
    let format = try reader.format(blocks, for: .outline)
    let head = try blocks.head()
    let expectedBytes = blocks.expectedBytes
    let lines = max(2, Self.sampledFields / max(1, format.names.count))
    guard let sample = TextBlock(beginningOf: head, maximumLines: lines, maximumBytes: Self.sampledBytes) else {
      throw source.outOfMemory(byteCount: Self.sampledBytes)
    }
    let plan = try TypePlan(head, format: format, path: file.name, options: options)
    let parser = format.parser(plans: plan.plans, options: options)
    let part = parser.read(sample, isFirst: true)
    if case .outOfMemory(let byteCount) = part.fault { throw source.outOfMemory(byteCount: byteCount) }
    let findings = TextOutline(names: format.names, part: part)
    return TableOutline(
      rowCount: sample.count == 0 ? 0 : Double(part.rowCount) * max(1, expectedBytes / Double(sample.count)),
      fileBytes: file.byteCount, columns: findings.columns)
  }
}
