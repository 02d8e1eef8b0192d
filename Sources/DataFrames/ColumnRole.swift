/// What a column is named for; the raw value is the word that messages have for it, which is the key of job files.
package enum ColumnRole: String, Sendable {
  case response = "response_column"
  case weights = "weights_column"
  case offset = "offset_column"
  case fold = "fold_column"
  case group = "group_column"
  case ignored = "ignored_columns"
  case declaredType = "column_types"
  case renamedLevels = "rename_levels"
  case missingIndicator = "missing_indicators"
}
