package import DataFrames
package import DeepLearning

/// The rules by which a model reads and encodes tables and computes, where there is a choice.
///
/// A model keeps the rules that it was trained with.
package struct ModelRules: Sendable, Equatable {
  package let network: NetworkRules
  package let tables: TableRules
  /// The number that stands for these rules in a model file; only `Planning` interprets it.
  ///
  /// Nil for a model from the file of another program.
  package let record: Int?

  package init(network: NetworkRules, tables: TableRules, record: Int? = nil) {
    self.network = network
    self.tables = tables
    self.record = record
  }
}
