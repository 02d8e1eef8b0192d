/// The measures of charts, in pixels.
///
/// Charts are drawn for a telephone's width and grow with their column, so that text is readable
/// on both.
enum ChartSize {
  static let width = 440.0
  /// The width of a drawing that fills a large screen alone.
  static let wholeWidth = 1100.0
  static let height = 280.0
  /// The size of text.
  static let font = 13.0
  /// The largest width on a page, as a multiple of the drawn one.
  static let largestScale = 1.4
}
