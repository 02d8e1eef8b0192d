import DataFrames
import JobFiles
import Planning
import Testing

@Suite("Options for reading tables")
struct ReadOptionsTests {
  @Test("a job without settings for its tables reads them with the defaults")
  func defaults() {
    #expect(ReadOptions(JobFile(file: "")) == ReadOptions())
    #expect(Set(ParameterCatalogue.shared.naStrings.defaultValue) == ReadOptions.usualMissingWords)
  }
}
