package import Documents

/// One dimension of a grid: a parameter and the values that are tried.
package struct HyperParameter: Sendable {
  package let row: any ParameterRow
  package let values: [any ParameterValue]
  /// Where the values stand, for messages about a model that cannot be trained with one of them.
  package let location: SourceLocation

  package init(row: any ParameterRow, values: [any ParameterValue], location: SourceLocation) {
    self.row = row
    self.values = values
    self.location = location
  }

  /// The parameter as job files spell it.
  package var key: String { row.key }

  /// Combinations of so many values of each dimension, which may be more than an integer holds.
  package static func combinationCount(_ sizes: [Int]) -> Double { sizes.reduce(1.0) { $0 * Double($1) } }

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
    for row in ParameterCatalogue.shared.allRows where row.group == .grid { model.withdraw(row) }
    for (dimension, index) in zip(hyperParameters, place) {
      model.give(dimension.values[index], to: dimension.row, at: dimension.location)
    }
    return model
  }
}
