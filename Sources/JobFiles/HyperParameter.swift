/// One dimension of a grid: a parameter and the values that are tried.
package struct HyperParameter: Sendable {
  package let key: String
  package let values: [any ParameterValue]
  /// Where the values stand, for messages about a model that cannot be trained with one of them.
  package let location: SourceLocation

  package init(key: String, values: [any ParameterValue], location: SourceLocation) {
    self.key = key
    self.values = values
    self.location = location
  }

  /// Parameters that H2O does not search over, beside frames and columns with a role (behavioural notes, section 1.4),
  /// and what concerns the job as a whole.
  private static let excludedKeys: Set<String> = [
    "autoencoder", "export_weights_and_biases", "diagnostics", "pretrained_autoencoder", "max_after_balance_size",
    "max_confusion_matrix_size", "training_frame", "response_column", "weights_column", "offset_column", "fold_column",
    "model_id", "checkpoint", "export_checkpoints_dir", "quiet_mode", "validation_fraction", "validation_split",
    "group_column",
  ]

  /// Whether a grid may vary the parameter.
  package static func isSearchable(_ row: any ParameterRow) -> Bool {
    row.group != .jobFile && row.group != .grid && row.group != .scheduling && !excludedKeys.contains(row.key)
  }

  /// Index of a value for each dimension of a grid, for a combination counted from 0; the first dimension varies fastest.
  package static func place(_ number: Int, sizes: [Int]) -> [Int] {
    var rest = number
    return sizes.map { size in
      defer { rest /= size }
      return rest % size
    }
  }
}

extension JobFile {
  /// The job of one model of the grid: `place` has the index of its value for each dimension.
  package func combination(_ place: [Int]) -> JobFile {
    var model = self
    model.hyperParameters = []
    for row in ParameterCatalogue.shared.allRows where row.group == .grid { model.withdraw(row.key) }
    for (dimension, index) in zip(hyperParameters, place) {
      model.give(dimension.values[index], to: dimension.key, at: dimension.location)
    }
    return model
  }
}
