package import DataFrames
package import DeepLearning

/// How a model reads and encodes tables and computes, where there is more than one answer.
///
/// A model keeps the rules that it was trained by.
package struct ModelRules: Sendable, Equatable {
  /// Of the network's arithmetic.
  package let network: NetworkRules
  /// Of tables and rows.
  package let tables: TableRules
  /// What a model file says of these rules: a number that only `Planning` understands.
  ///
  /// Nil for a model that comes from the file of another program.
  package let record: Int?

  package init(network: NetworkRules, tables: TableRules, record: Int? = nil) {
    self.network = network
    self.tables = tables
    self.record = record
  }
}
