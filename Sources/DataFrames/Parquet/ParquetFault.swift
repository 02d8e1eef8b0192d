/// A fault of a Parquet file, without its place.
enum ParquetFault: Error {
  /// The bytes violate the format.
  case damaged(String)
  /// The file uses a feature that is not read; the text says which, and what to do.
  case unsupported(String)
  case outOfMemory(byteCount: Int)
  /// Texts or pages exceed the limit for tables.
  case tooLarge
  /// The file cannot be read.
  case file(FrameError)

  /// Returns the error for messages.
  ///
  /// - `place`: The place in the file, such as `column 'a', row group 2`; nil for the whole file.
  func error(in file: TableFile, at place: String?, options: ReadOptions) -> FrameError {
    switch self {
    case .damaged(let problem):
      let place = place.map { "\($0): " } ?? ""
      return .unreadable(path: file.name, reason: "the Parquet file is damaged: \(place)\(problem)")
    case .unsupported(let feature): return .unreadable(path: file.name, reason: "\(place ?? "the file") \(feature)")
    case .outOfMemory(let byteCount): return .outOfMemory(path: file.name, byteCount: byteCount)
    case .tooLarge: return .tooLarge(path: file.name, limitBytes: options.maximumBytes)
    case .file(let error): return error
    }
  }
}
