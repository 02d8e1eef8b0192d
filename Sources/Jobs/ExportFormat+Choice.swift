internal import Exports
internal import JobFiles

extension ExportFormat {
  /// The format for a value of `exports`.
  init(_ choice: ExportChoice) {
    switch choice {
    case .mojo: self = .mojo
    case .onnx: self = .onnx
    }
  }
}
