import DataFrames
import JobFiles
import Planning
import Testing

@Suite("How a job's tables are read")
struct ReadOptionsTests {
  @Test("a job that says nothing about its tables reads them by the defaults")
  func defaults() {
    #expect(ReadOptions(JobFile(file: "")) == ReadOptions())
    #expect(Set(ParameterCatalogue.shared.naStrings.defaultValue) == ReadOptions.usualMissingWords)
  }
}
