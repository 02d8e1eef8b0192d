extension String {
  /// The text as an item of a list whose items are separated by commas: in quotes if it holds a comma.
  package var listed: String { contains(",") ? "'\(self)'" : self }
}
