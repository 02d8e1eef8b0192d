package import Documents

/// One dimension of a grid: a parameter and the values to try.
package struct HyperParameter: Sendable {
  package let row: any ParameterRow
  /// The values to try; of a range, its two ends.
  package let values: [any ParameterValue]
  /// The range from which the search draws values; nil for a list.
  package let range: NumberRange?
  /// Whether it is part of a preset's search; its first value is then that of the recipe.
  package var isFromPreset = false
  /// The place of the values in the job file, for messages about a model that fails with one of them.
  package let location: SourceLocation

  package init(
    row: any ParameterRow, values: [any ParameterValue], range: NumberRange? = nil, location: SourceLocation
  ) {
    self.row = row
    self.values = values
    self.range = range
    self.location = location
  }

  /// The parameter's key in job files.
  package var key: String { row.key }

  /// Returns the dimension with drawn numbers as a list in place of the range.
  ///
  /// A number outside the type of the parameter is impossible, because both ends of the range have been parsed.
  package func listing(_ numbers: [Double]) -> HyperParameter {
    let isWhole = row is Parameter<Int>
    return HyperParameter(
      row: row, values: numbers.map { isWhole ? Int($0) as any ParameterValue : $0 }, location: location)
  }

  /// Returns the number of combinations for these numbers of values; it may exceed the range of `Int`.
  package static func combinationCount(_ sizes: [Int]) -> Double { sizes.reduce(1.0) { $0 * Double($1) } }

  /// Returns the index of a value for each dimension of combination `number`, counted from 0.
  ///
  /// The first dimension varies fastest.
  package static func place(_ number: Int, sizes: [Int]) -> [Int] {
    var rest = number
    return sizes.map { size in
      defer { rest /= size }
      return rest % size
    }
  }
}

extension JobFile {
  /// Returns the job of one model of the grid.
  ///
  /// - `place`: The index of the model's value for each dimension.
  package func combination(_ place: [Int]) -> JobFile {
    var model = self
    model.leaveSearch()
    for (dimension, index) in zip(hyperParameters, place) {
      model.give(dimension.values[index], to: dimension.row, at: dimension.location)
    }
    model.reapplyPreset()
    return model
  }
}
