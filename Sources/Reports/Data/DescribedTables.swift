package import DataFrames

/// The tables of a training job as they were read.
package struct DescribedTables: Sendable, Equatable {
  package let training: TableDescription
  /// Nil without `validation_frame`; rows that `validation_fraction` holds out belong to the training table.
  package let validation: TableDescription?

  package init(training: TableDescription, validation: TableDescription?) {
    self.training = training
    self.validation = validation
  }
}
