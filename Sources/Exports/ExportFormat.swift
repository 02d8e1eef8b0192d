/// A format of another program that a model is written in.
package enum ExportFormat: String, Sendable, CaseIterable {
  /// H2O's.
  case mojo
  case onnx
}
