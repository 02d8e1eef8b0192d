package import DataFrames
package import Documents
package import JobFiles

extension ColumnRole {
  /// The key of the job file that gives a column this role.
  package var key: ParameterKey {
    switch self {
    case .response: \.responseColumn
    case .weights: \.weightsColumn
    case .offset: \.offsetColumn
    case .fold: \.foldColumn
    case .group: \.groupColumn
    case .ignored: \.ignoredColumns
    case .declaredType: \.columnTypes
    case .dateFormat: \.dateFormat
    case .renamedLevels: \.renameLevels
    case .missingIndicator: \.missingIndicators
    }
  }
}

extension ContradictedKey.Key {
  /// The key of the job file.
  package var key: ParameterKey {
    switch self {
    case .separator: \.separator
    case .decimal: \.decimal
    case .thousands: \.thousands
    }
  }
}

extension JobFile {
  /// Returns the fault for an error about a column, at the key that names it; nil for other errors.
  package func fault(_ error: FrameError) -> DocumentFault? {
    switch error {
    case .unknownColumn(_, let role, _, _, _), .unfitColumn(_, let role, _, _):
      DocumentFault(at: location(of: role.key), "\(error)")
    default: nil
    }
  }
}
