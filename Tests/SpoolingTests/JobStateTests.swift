import Spooling
import Testing

@Suite("States of a job")
struct JobStateTests {
  /// The valid transitions; all others must be rejected.
  private static let allowed: [(JobState, JobState.Event, JobState)] = [
    (.queued, .start, .running), (.queued, .hold, .held), (.queued, .cancel, .cancelled),
    (.held, .release, .queued), (.held, .cancel, .cancelled), (.running, .interrupt, .queued),
    (.running, .finish, .finished), (.running, .fail, .failed), (.running, .cancel, .cancelled),
    (.failed, .retry, .queued), (.cancelled, .retry, .queued),
  ]

  @Test("each pair of state and event leads to the expected state or is rejected")
  func transitions() {
    for state in JobState.allCases {
      for event in JobState.Event.allCases {
        let expected = Self.allowed.first { $0.0 == state && $0.1 == event }?.2
        #expect((try? state.applying(event)) == expected, "\(state) \(event)")
      }
    }
  }

  @Test("identifiers sort by arrival, are safe in paths and can be parsed")
  func identifiers() {
    #expect(JobIdentifier(number: 42, name: "prostate").description == "000042-prostate")
    #expect(JobIdentifier(number: 1, name: "../../etc/pass wd\n<b>").description == "000001--..-etc-pass-wd-b")
    #expect(JobIdentifier(number: 1, name: "Mein Größenmodell (März)").name == "Mein-Grossenmodell-Marz")
    // A decomposed accent, as macOS writes it, and letters without a Latin twin.
    #expect(JobIdentifier(number: 1, name: "Cafe\u{301} Ærø Łódź İ моделі 5").name == "Cafe-AEro-Lodz-I-5")
    #expect(JobIdentifier(number: 1, name: "").name == "job")
    #expect(JobIdentifier(number: 7, name: String(repeating: "x", count: 255)).name.count == 64)
    #expect(JobIdentifier("000042-prostate") == JobIdentifier(number: 42, name: "prostate"))
    for text in ["42-prostate", "000042", "x", "000042-", "000042-a/b", ".000042-a"] {
      #expect(JobIdentifier(text) == nil, "\(text)")
    }
    #expect(JobIdentifier(number: 9, name: "z") < JobIdentifier(number: 10, name: "a"))
    #expect(JobIdentifier(number: 1_000_000, name: "a").description == "1000000-a")
  }
}
