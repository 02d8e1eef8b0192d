/// How numbers of more digits than a double holds are rounded.
package enum NumberRounding: Sendable {
  case correct
  /// As H2O 3.46.0.12 imports them, now and then one unit in the last place off.
  case asInH2O
}
