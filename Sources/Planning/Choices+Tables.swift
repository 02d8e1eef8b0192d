package import DataFrames
package import JobFiles

extension ColumnType {
  /// What a word of `column_types` means.
  package init(_ choice: ColumnTypeChoice) {
    switch choice {
    case .enumeration: self = .categorical
    case .real, .int: self = .number
    case .time: self = .time
    case .string: self = .text
    }
  }
}

extension ColumnTypeChoice {
  /// How a job would declare such a column.
  package init(_ type: ColumnType) {
    switch type {
    case .categorical: self = .enumeration
    case .number: self = .real
    case .time: self = .time
    case .text: self = .string
    }
  }
}

extension CategoricalEncoding {
  /// What a word of `categorical_encoding` means.
  package init(_ choice: CategoricalEncodingChoice) {
    switch choice {
    case .auto, .oneHotInternal, .oneHotExplicit, .enumeration: self = .oneHot
    case .binary: self = .bits
    case .eigen: self = .principalComponent
    case .labelEncoder: self = .label
    case .sortByResponse: self = .orderedByResponse
    case .enumLimited: self = .frequentLevels
    }
  }
}
