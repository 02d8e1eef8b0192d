/// A key of the job file by its Swift name, such as `\.rho`: one that is mistyped does not compile.
package typealias ParameterKey = PartialKeyPath<ParameterCatalogue>

extension ParameterCatalogue {
  /// The row that a key path names.
  package func row(_ key: ParameterKey) -> any ParameterRow {
    guard let row = self[keyPath: key] as? any ParameterRow else { preconditionFailure("\(key) is no parameter") }
    return row
  }
}
