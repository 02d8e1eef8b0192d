internal import DataFrames
package import Models

/// The importance of a column: the sum over its inputs.
struct ColumnImportance: Equatable {
  /// An input of the column.
  struct Part: Equatable {
    /// The level, or the name of a derived input.
    let name: String
    let share: Double
  }

  let name: String
  /// The fraction of the total importance of all inputs.
  let share: Double
  /// The inputs by descending importance; empty if the column is a single input with its name.
  let parts: [Part]

  /// Returns the columns by descending importance; empty if the importances are undefined.
  static func all(_ ranked: [InputImportance], _ encoding: RowEncoding) -> [ColumnImportance] {
    let origins = origins(encoding)
    var parts: [String: [Part]] = [:]
    for input in ranked where origins.indices.contains(input.input) && input.share.isFinite {
      let origin = origins[input.input]
      parts[origin.column, default: []].append(Part(name: origin.part, share: input.share))
    }
    return parts.map { name, parts in
      let isWhole = parts.count == 1 && parts[0].name == name
      return ColumnImportance(
        name: name, share: parts.reduce(0) { $0 + $1.share }, parts: isWhole ? [] : parts)
    }.sorted { ($1.share, $0.name) < ($0.share, $1.name) }
  }

  /// Returns the column of each input, and the name of the input within it.
  private static func origins(_ encoding: RowEncoding) -> [(column: String, part: String)] {
    var origins: [(column: String, part: String)] = []
    if let hash = encoding.hash {
      origins = (1...hash.slots).map { ("hashed levels", "C\($0)") }
    } else {
      for column in encoding.categoricals {
        let levels = encoding.usesAllLevels ? column.levels[...] : column.levels.dropFirst()
        let source = source(of: column.name, encoding)
        origins += (levels + ["missing"]).map { (source, $0) }
      }
    }
    let indicators = Dictionary(zip(encoding.indicatorNames, encoding.indicators)) { first, _ in first }
    return origins
      + encoding.numerics.map { column in
        indicators[column.name].map { ($0, "missing") } ?? (source(of: column.name, encoding), column.name)
      }
  }

  /// Returns the column of the table from which a transform made `name`, or `name` itself.
  private static func source(of name: String, _ encoding: RowEncoding) -> String {
    encoding.transforms.map(\.source).filter { name == $0 || name.hasPrefix("\($0):") || name.hasPrefix("\($0).") }
      .max { $0.count < $1.count } ?? name
  }
}

extension Model {
  /// The columns by descending sum of the importances of their inputs, for a rough order.
  package var columnsByWeights: [String] {
    ColumnImportance.all(importances(trainedMissingUnits: []), encoding).map(\.name)
  }
}
