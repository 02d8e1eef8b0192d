import Foundation
import Testing
import deepspool

@Suite("Times of the command line")
struct EarlierTimeTests {
  private func seconds(_ text: String) -> Double? { EarlierTime(argument: text)?.secondsSince1970 }

  @Test(
    "a number with a unit is an age",
    arguments: [("90s", 90), ("0m", 0), ("1.5h", 5400), ("2d", 172_800), ("1w", 604_800)] as [(String, Double)])
  func ages(_ text: String, _ age: Double) throws {
    let before = Date().timeIntervalSince1970
    let found = try #require(seconds(text))
    #expect((before - age...Date().timeIntervalSince1970 - age).contains(found))
  }

  @Test(
    "a time with a time zone is absolute",
    arguments: ["2026-11-24T14:30:00Z", "2026-11-24T16:30:00+02:00", "2026-11-24T09:30:00-05:00"])
  func absolute(_ text: String) { #expect(seconds(text) == 1_795_530_600) }

  @Test("a time without a time zone is local, and a date is its beginning")
  func local() throws {
    let parts = DateComponents(calendar: Calendar(identifier: .gregorian), year: 2026, month: 11, day: 24)
    let midnight = try #require(parts.date).timeIntervalSince1970
    #expect(seconds("2026-11-24") == midnight)
    #expect(seconds("2026-11-24T00:01:02") == midnight + 62 && seconds("2026-11-24 10:30") == midnight + 37_800)
  }

  @Test(
    "other texts are refused",
    arguments: [
      "", "d", "-2d", "yesterday", "2026-13-01", "2026-11-32", "2026-11-24T25:00", "2026-11-24T14", "24.11.2026",
      "2026-11", "2026-11-24T14:30:00:00",
    ])
  func refused(_ text: String) { #expect(seconds(text) == nil) }
}
