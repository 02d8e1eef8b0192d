extension Collection<String> {
  /// The names in quotes, for a message: `'a', 'b' and 3 more`.
  ///
  /// - `limit`: Names beyond this number are only counted.
  package func quoted(atMost limit: Int) -> String {
    prefix(limit).map { "'\($0)'" }.joined(separator: ", ") + (count > limit ? " and \(count - limit) more" : "")
  }
}
