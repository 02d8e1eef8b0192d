package import DataFrames
package import JobFiles

extension JobFile {
  /// Applies the preset with the values that suit the response of a table.
  package mutating func applyPreset(to table: Frame) {
    guard let name = self.responseColumn, let response = table.column(named: name) else { return }
    applyPreset(for: response.levels == nil ? .number : .classes)
  }
}
