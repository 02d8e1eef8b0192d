/// The roles that a job assigns to columns; the raw value is the key in job files, and messages use it.
package enum ColumnRole: String, Sendable {
  case response = "response_column"
  case weights = "weights_column"
  case offset = "offset_column"
  case fold = "fold_column"
  case group = "group_column"
  case ignored = "ignored_columns"
  case declaredType = "column_types"
  case dateFormat = "date_format"
  case renamedLevels = "rename_levels"
  case missingIndicator = "missing_indicators"
}
