/// How the type of a column is found that nobody has declared.
package enum TypeGuess: Sendable {
  /// Numbers or times if all fields are, else categorical; long columns of nearly distinct words are text.
  case allMustFit
  /// What most fields of the table's beginning are, as in H2O 3.46.0.12; those that are something else are missing.
  case byMajority
}
