internal import Exports
internal import JobFiles

extension ExportFormat {
  /// The format that a job asks for.
  init(_ choice: ExportChoice) {
    switch choice {
    case .mojo: self = .mojo
    case .onnx: self = .onnx
    }
  }
}
