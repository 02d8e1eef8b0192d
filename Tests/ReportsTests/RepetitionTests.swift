import Reports
import Testing

@Suite("How to run a job again")
struct RepetitionTests {
  @Test("the command works where the page says, whatever the name of the job")
  func commands() {
    #expect(Repetition.file("wine.yaml").command == "deepspool run wine.yaml --output again")
    #expect(Repetition.file("it's a job.yaml").command == #"deepspool run 'it'\''s a job.yaml' --output again"#)
    #expect(Repetition.file("-x.yaml").command == "deepspool run ./-x.yaml --output again")
    #expect(Repetition.standardInput(jobFile: "job.yaml").command == "deepspool run - --output again < job.yaml")
    // The daemon names tables relative to its data directories, which a command of the user does not know.
    #expect(Repetition.service(job: "000042-wine").command == "deepspool rerun 000042-wine")
  }
}
