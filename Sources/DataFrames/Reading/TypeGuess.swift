/// The ways to guess the type of a column that no one declared.
package enum TypeGuess: Sendable {
  /// Numbers or times if at least 95 % of the fields are, else categorical; long columns of mostly distinct words are text.
  case byEvidence
  /// The type of most fields at the beginning of the table, as in H2O 3.46.0.12; fields of other types are missing.
  case byMajority
}
