import ArgumentParser
internal import Wording

/// The valid range of a numeric option.
struct OptionRange {
  /// The range of threads of a job.
  static let threads = OptionRange("--threads", 1...1024)
  /// The range of processes of a job: each trains at least one of its copies (training_shards).
  static let ranks = OptionRange("--ranks", 1...1000)
  static let maxMemoryBytes = OptionRange("--max-memory-bytes", 1...Int.max)
  static let last = OptionRange("--last", 0...Int.max)
  static let tail = OptionRange("--tail", 0...Int.max)
  static let deepFeatures = OptionRange("--deep-features", 0...Int.max)
  static let backgroundRows = OptionRange("--background-rows", 1...1_000_000)

  private let name: String
  private let range: ClosedRange<Int>

  private init(_ name: String, _ range: ClosedRange<Int>) {
    self.name = name
    self.range = range
  }

  /// Checks an option; nil (not given) is valid.
  ///
  /// - Throws: `ValidationError`, which the command line prints before it exits with 64.
  func check(_ value: Int?) throws {
    guard let value, !range.contains(value) else { return }
    let words =
      range.upperBound == .max ? "at least \(range.lowerBound)" : "between \(range.lowerBound) and \(range.upperBound)"
    throw ValidationError("\(name) must be \(words), found \(value)")
  }

  /// Reads a number of bytes.
  ///
  /// - Throws: `ValidationError` that names the plain number if the text has a unit.
  static func bytes(_ text: String) throws -> Int {
    if let number = Int(text) { return number }
    throw ValidationError(PlainUnit.bytes.answer(to: text) ?? "expected a number of bytes, found '\(text)'")
  }
}
