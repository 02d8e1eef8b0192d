/// The expected size of a column of texts, from a part of its rows.
struct TextForecast {
  /// If a larger fraction of the rows has its own level, further rows are expected to bring new levels.
  private static let growingShare = 0.5
  /// If a larger fraction of the rows has its own level, the column is one of texts.
  private static let textShare = 0.95
  /// Texts of up to this many bytes are stored inline.
  private static let inlineTextBytes = 15.0
  private static let textBytes = 16.0
  private static let heapBytes = 32.0

  /// The number of rows of the part, at least 1.
  let rows: Double
  /// The number of different texts among them.
  let entries: Double
  /// The mean number of bytes of a text.
  let length: Double

  private var share: Double { entries / rows }

  /// Whether nearly every row has a text of its own.
  var hasOwnTexts: Bool { share > Self.textShare }

  /// The bytes of a text that is stored as a string.
  var bytesPerText: Double { Self.textBytes + (length > Self.inlineTextBytes ? Self.heapBytes + length : 0) }

  /// Returns the column with its levels in a table of `rowCount` rows.
  func categorical(_ name: String, rowCount: Double) -> FrameEstimate.Column {
    let levels = share > Self.growingShare ? share * max(rowCount, rows) : entries
    return FrameEstimate.Column(
      name: name, kind: .categorical(levelCount: levels), bytesPerRow: 4 + bytesPerText * levels / max(1, rowCount))
  }
}
