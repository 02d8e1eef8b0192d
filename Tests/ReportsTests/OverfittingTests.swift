import Reports
import Testing

@Suite("Overfitting")
struct OverfittingTests {
  @Test(
    "a tenth of the gain lost is called slight, a quarter warned about",
    arguments: [
      (-0.3, .none), (0.1, .none), (0.11, .slight), (0.25, .slight), (0.26, .strong), (.nan, .none),
      // Three classes: log losses of 0.4966 and 0.6636, and of 1.0986 for equal probabilities.
      ((0.6636 - 0.4966) / 1.0986, .slight),
    ] as [(Double, Overfitting)])
  func levels(_ lostGain: Double, _ expected: Overfitting) { #expect(Overfitting(lostGain: lostGain) == expected) }
}
