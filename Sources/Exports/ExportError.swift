/// Why a model cannot be had in another format, or a foreign one cannot be read.
package enum ExportError: Error, Sendable, Equatable {
  /// The format cannot say what the model does; the text names what and why.
  case inexpressible(format: String, reason: String)
  /// The file is not a zip, or a damaged one.
  case archive(reason: String)
  /// The archive holds more than `limitBytes` when unpacked.
  case tooLarge(limitBytes: Int)
  /// The MOJO's `model.ini` or one of its level files is not as it must be.
  case damaged(entry: String, reason: String)
  /// A valid MOJO of a kind that is not read here.
  case unsupported(reason: String)
  /// The bytes are not an ONNX model that this program wrote.
  case notONNX(reason: String)
}

extension ExportError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .inexpressible(let format, let reason): "no \(format) can be made of this model: \(reason)"
    case .archive(let reason): "not a readable MOJO archive: \(reason)"
    case .tooLarge(let limit): "the MOJO has more than \(limit) bytes when unpacked; that is beyond any real model"
    case .damaged(let entry, let reason): "the MOJO's \(entry) is damaged: \(reason)"
    case .unsupported(let reason): "this MOJO cannot be scored here: \(reason)"
    case .notONNX(let reason): "not an ONNX model of ours: \(reason)"
    }
  }
}
