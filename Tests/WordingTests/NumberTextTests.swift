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

  @Test(
    "the shortest text reads back as the same number, and whole numbers have no point",
    arguments: [
      (0, "0"), (3, "3"), (-120, "-120"), (0.1, "0.1"), (1e14, "100000000000000"), (1e16, "1e+16"),
      (0.000_012, "1.2e-05"), (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "nan"),
    ] as [(Double, String)])
  func shortest(_ value: Double, _ text: String) {
    #expect(NumberText.shortest(value) == text)
    #expect(Double(text) == value || value.isNaN)
  }

  @Test(
    "numbers for people have about four significant digits",
    arguments: [
      (0, "0"), (10, "10"), (6.125, "6.125"), (123.456, "123.5"), (197_125.86, "197125.9"), (0.832_148, "0.83215"),
      (0.000_012_345, "1.23e-05"), (1_523_456_789.123_456, "1.523e+09"), (-9.999_9e17, "-1e+18"),
      (3.123_456_789_012_345_7e+18, "3.123e+18"), (.infinity, "-"), (.nan, "-"),
    ] as [(Double, String)])
  func brief(_ value: Double, _ text: String) { #expect(NumberText.brief(value) == text) }

  @Test(
    "commas group three digits",
    arguments: [(0, "0"), (999, "999"), (1200, "1,200"), (-1_234_567, "-1,234,567"), (-100, "-100")])
  func grouped(_ value: Int, _ text: String) { #expect(NumberText.grouped(value) == text) }

  @Test(
    "only the whole is 100 %, and a whole percentage loses nothing to binary fractions",
    arguments: [(0, 0), (0.005, 0), (0.29, 29), (0.57, 57), (0.58, 58), (0.999_99, 99), (1, 100)] as [(Double, Int)])
  func percent(_ fraction: Double, _ percent: Int) { #expect(NumberText.percent(fraction) == percent) }

  @Test("one thing is singular, other counts are plural")
  func count() {
    #expect([0, 1, 2].map { NumberText.count($0, "level") } == ["0 levels", "1 level", "2 levels"])
    #expect([1, 3].map { NumberText.count($0, "copy", plural: "copies") } == ["1 copy", "3 copies"])
  }

  @Test("numbers at the ends of the range do not trap")
  func extremes() {
    #expect(NumberText.rounded(.leastNonzeroMagnitude) == .leastNonzeroMagnitude)
    #expect(NumberText.rounded(.greatestFiniteMagnitude) == .greatestFiniteMagnitude)
    #expect(NumberText.rounded(.infinity) == .infinity)
    #expect(NumberText.rounded(.nan).isNaN)
    #expect(NumberText.grouped(.min) == "-9,223,372,036,854,775,808")
  }
}
