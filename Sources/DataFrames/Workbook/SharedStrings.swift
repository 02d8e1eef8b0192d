/// The texts of a workbook that cells refer to by number, kept as fields of ``SheetField``.
final class SharedStrings: XMLHandler {
  private var bytes: [UInt8] = []
  /// The end of each text in `bytes`.
  private var ends: [Int] = []
  private var evidence: [DecimalEvidence] = []
  private var text = CellText()
  private var isInText = false
  /// The depth of phonetic notes, which are not part of the text.
  private var notes = 0

  func start(_ element: XMLName, _ attributes: XMLAttributes) throws(XMLProblem) {
    switch element {
    case "si": text.clear()
    case "t": isInText = notes == 0
    case "rPh": notes += 1
    default: break
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(XMLProblem) {
    if isInText { try text.append(bytes) }
  }

  func end(_ element: XMLName) throws(XMLProblem) {
    switch element {
    case "t": isInText = false
    case "rPh": notes -= 1
    case "si":
      text.unescape()
      evidence.append(DecimalEvidence(text.bytes))
      text.bytes.withUnsafeBufferPointer { SheetField.append(text: $0, to: &bytes) }
      ends.append(bytes.count)
    default: break
    }
  }

  /// Returns the field of text `index` and the decimal mark that it shows; nil if there is no such text.
  func field(_ index: Int) -> (bytes: ArraySlice<UInt8>, evidence: DecimalEvidence)? {
    guard ends.indices.contains(index) else { return nil }
    return (bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]], evidence[index])
  }
}
