/// The reason why a model cannot be exported, or why a foreign model cannot be read.
package enum ExportError: Error, Sendable, Equatable {
  /// The format cannot express the model; the text states the feature and the reason.
  case inexpressible(format: String, reason: String)
  /// The file is not a zip archive, or is damaged.
  case archive(reason: String)
  /// The unpacked archive exceeds `limitBytes`.
  case tooLarge(limitBytes: Int)
  /// The MOJO's `model.ini` or one of its level files is invalid.
  case damaged(entry: String, reason: String)
  /// A valid MOJO of an unsupported kind.
  case unsupported(reason: String)
  /// The bytes are not an ONNX model written by this program.
  case notONNX(reason: String)
}

extension ExportError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .inexpressible(let format, let reason): "this model cannot be exported as \(format): \(reason)"
    case .archive(let reason): "cannot read the MOJO archive: \(reason)"
    case .tooLarge(let limit): "the MOJO exceeds \(limit) bytes when unpacked, more than any real model"
    case .damaged(let entry, let reason): "invalid \(entry) in the MOJO: \(reason)"
    case .unsupported(let reason): "unsupported MOJO: \(reason)"
    case .notONNX(let reason): "not an ONNX model written by deepspool: \(reason)"
    }
  }
}
