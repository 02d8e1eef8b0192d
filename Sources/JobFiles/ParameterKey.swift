/// A job file key by its Swift name, such as `\.rho`; a mistyped name does not compile.
package typealias ParameterKey = PartialKeyPath<ParameterCatalogue>

extension ParameterCatalogue {
  /// Returns the row that a key path names.
  package func row(_ key: ParameterKey) -> any ParameterRow {
    guard let row = self[keyPath: key] as? any ParameterRow else { preconditionFailure("\(key) is not a parameter") }
    return row
  }
}
