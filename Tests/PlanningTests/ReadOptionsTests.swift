import DataFrames
import JobFiles
import Planning
import Testing

@Suite("Options for reading tables")
struct ReadOptionsTests {
  private static let keys = """
    decimal: ','
    thousands: space
    comment: '#'
    skip_lines: 2
    date_format: {day: dd.MM.yyyy}
    index_base: 0
    sheet: Results 2026
    separator: tab

    """

  @Test("a job without settings for its tables reads them with the defaults")
  func defaults() {
    #expect(ReadOptions(JobFile(file: "")) == ReadOptions())
    #expect(Set(ParameterCatalogue.shared.naStrings.defaultValue) == ReadOptions.usualMissingWords)
  }

  @Test(
    "the keys that describe a table reach its reader, in training and prediction and in both modes",
    arguments: [
      "training_frame: t.csv\nresponse_column: y\n", "kind: predict\nmodel: m\nframe: t.csv\n",
      "training_frame: t.csv\nresponse_column: y\ncompatibility: h2o-3.46\n",
    ])
  func keys(_ start: String) throws {
    let job = try JobFileReader.read(Array((start + Self.keys).utf8), file: "j")
    let options = ReadOptions(job)
    #expect(options.decimalMark == .comma && options.thousandsSeparator == " " && options.comment == "#")
    #expect(options.skippedLines == 2 && options.indexBase == 0 && options.sheet == "Results 2026")
    #expect(options.dateFormats == ["day": "dd.MM.yyyy"] && options.dateFormat == nil && options.separator == "\t")
    // The record of a job reads back as the same job.
    let again = try JobFileReader.read(Array(job.text.utf8), file: "again")
    #expect(ReadOptions(again) == options)
  }

  @Test("a single format of times applies to all columns")
  func oneFormat() throws {
    let text = "training_frame: t.csv\nresponse_column: y\ndate_format: dd/MM/yyyy\ndecimal: point\n"
    let options = ReadOptions(try JobFileReader.read(Array(text.utf8), file: "j"))
    #expect(options.dateFormat == "dd/MM/yyyy" && options.dateFormats.isEmpty && options.decimalMark == .point)
  }

  @Test(
    "invalid keys are refused with the reason",
    arguments: [
      ("decimal: ';'", "expected '.' or ','"), ("thousands: '5'", "must be one ASCII character"),
      ("thousands: ','\ndecimal: ','", "is also the decimal mark"), ("comment: x", "must be one ASCII character"),
      ("comment: ';'\nseparator: ';'", "is also the separator"), ("skip_lines: -1", "must be between 0"),
      ("index_base: 2", "must be between 0 and 1"), ("date_format: '12.34'", "a format such as dd.MM.yyyy"),
      ("date_format: {a: '...'}", "a format such as dd.MM.yyyy"),
    ])
  func refusals(_ keys: String, _ reason: String) {
    let error = #expect(throws: (any Error).self) {
      try JobFileReader.read(Array("training_frame: t\nresponse_column: y\n\(keys)\n".utf8), file: "j")
    }
    #expect(error.map { "\($0)" }?.contains(reason) == true, "\(error.map { "\($0)" } ?? "")")
  }

  @Test(
    "a word stands for a separator",
    arguments: [("tab", "\t"), ("space", " "), ("comma", ","), ("semicolon", ";"), ("pipe", "|"), ("';'", ";")]
      as [(String, Character)])
  func separators(_ word: String, _ character: Character) throws {
    let text = "training_frame: a.csv\nresponse_column: y\nseparator: \(word)\n"
    #expect(ReadOptions(try JobFileReader.read(Array(text.utf8), file: "j")).separator == character)
  }
}
