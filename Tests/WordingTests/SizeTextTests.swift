import Testing
import Wording

@Suite("Sizes and durations as texts")
struct SizeTextTests {
  @Test(
    "bytes have decimal units; a number that rounds to 1000 takes the next one",
    arguments: [
      (0, "0 bytes"), (9, "9 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (99_449, "99.4 kB"), (123_456, "123 kB"),
      (999_499, "999 kB"), (999_500, "1.0 MB"), (4_100_000_000, "4.1 GB"), (Int.max, "9.2 EB"), (-2000, "-2.0 kB"),
    ])
  func bytes(_ count: Int, _ text: String) { #expect(ByteText.of(count) == text) }

  @Test(
    "tables show durations without blanks, with two units at most",
    arguments: [
      (0, "0s"), (59.4, "59s"), (59.5, "1m00s"), (250, "4m10s"), (3599, "59m59s"), (7500, "2h05m"), (86_399, "23h59m"),
      (273_600, "3d04h"), (-5, "0s"), (.infinity, "?"), (.nan, "?"), (1e11, "?"),
    ] as [(Double, String)])
  func compact(_ seconds: Double, _ text: String) { #expect(DurationText.compact(seconds) == text) }

  @Test(
    "sentences show durations with their units apart",
    arguments: [
      (45, "45 s"), (89, "89 s"), (90, "2 min"), (240, "4 min"), (7500, "2 h 5 min"), (86_340, "23 h 59 min"),
      (86_400, "1 d 0 h"), (273_600, "3 d 4 h"), (.infinity, "unknown time"),
    ] as [(Double, String)])
  func words(_ seconds: Double, _ text: String) { #expect(DurationText.words(seconds) == text) }

  @Test(
    "short durations have decimals",
    arguments: [(0.042, "0.04 s"), (0, "0 s"), (2.46, "2.5 s"), (9.99, "10 s"), (10.4, "10 s"), (120, "2 min")]
      as [(Double, String)])
  func precise(_ seconds: Double, _ text: String) { #expect(DurationText.precise(seconds) == text) }
}
