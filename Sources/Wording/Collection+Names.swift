extension Collection<String> {
  /// Returns the names in quotes for a message: `'a', 'b' and 3 more`.
  ///
  /// - `limit`: The number of names to list; further names are only counted.
  package func quoted(atMost limit: Int) -> String {
    prefix(limit).map { "'\($0)'" }.joined(separator: ", ") + (count > limit ? " and \(count - limit) more" : "")
  }
}
