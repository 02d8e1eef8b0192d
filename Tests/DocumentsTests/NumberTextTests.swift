import Testing
import Wording

@Suite("Numbers as texts")
struct NumberTextTests {
  @Test(
    "rounding keeps decimals, and three significant digits of small numbers, so that none becomes 0",
    arguments: [
      (0, 4, 0), (1.234567, 4, 1.2346), (123.456789, 1, 123.5), (0.01234567, 4, 0.0123), (0.000_012_345, 4, 0.000_0123),
      (-4.5678e-9, 5, -4.57e-9), (1.234e-200, 4, 1.23e-200), (1e20, 4, 1e20), (-2.5e15, 1, -2.5e15),
    ] as [(Double, Int, Double)])
  func rounded(_ value: Double, _ decimals: Int, _ expected: Double) {
    #expect(NumberText.rounded(value, decimals: decimals) == expected)
  }

  @Test("numbers at the ends of the range do not trap")
  func extremes() {
    #expect(NumberText.rounded(.leastNonzeroMagnitude) == .leastNonzeroMagnitude)
    #expect(NumberText.rounded(.greatestFiniteMagnitude) == .greatestFiniteMagnitude)
    #expect(NumberText.rounded(.infinity) == .infinity)
    #expect(NumberText.rounded(.nan).isNaN)
  }
}
