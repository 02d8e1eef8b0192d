package import DataFrames
package import JobFiles

extension ColumnType {
  /// The column type for a value of `column_types`.
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
  /// The value of `column_types` that declares a column of this type.
  package init(_ type: ColumnType) {
    switch type {
    case .categorical: self = .enumeration
    case .number: self = .real
    case .time: self = .time
    case .text: self = .string
    }
  }
}

extension DecimalMark {
  /// The decimal mark for a value of `decimal`.
  package init(_ choice: DecimalChoice) {
    switch choice {
    case .point: self = .point
    case .comma: self = .comma
    }
  }
}

extension CategoricalEncoding {
  /// The encoding for a value of `categorical_encoding`.
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
