package import JobFiles

/// How numbers of more digits than a double holds are rounded.
package enum NumberRounding: Sendable {
  case correct
  /// As H2O 3.46.0.12 imports them, now and then one unit in the last place off.
  case asInH2O

  /// What a job or a model with these quirks goes by.
  package init(_ quirks: H2OQuirks) { self = quirks.contains(.longNumbersRoundTwice) ? .asInH2O : .correct }
}
