/// What a column of a table holds.
package enum ColumnType: Sendable, Equatable {
  /// Levels: one of a few words.
  case categorical
  case number
  /// Milliseconds since 1970 (UTC), written as dates.
  case time
  case text
}
