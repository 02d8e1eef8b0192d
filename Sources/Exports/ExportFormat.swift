/// A foreign format for models.
package enum ExportFormat: String, Sendable, CaseIterable {
  /// H2O's format.
  case mojo
  case onnx
}
