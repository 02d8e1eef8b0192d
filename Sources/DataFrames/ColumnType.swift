/// The type of the values in a column.
package enum ColumnType: Sendable, Equatable {
  /// Levels: one of a limited set of words.
  case categorical
  case number
  /// Milliseconds since 1970 (UTC), written as dates.
  case time
  case text
}
