internal import DataFrames

extension RowEncoding {
  /// Notes on the inputs for users of the graph.
  var inputNotes: [(String, String)] {
    let forms = "numbers are doubles, NaN where missing; categorical columns are strings, empty where missing"
    let times = numerics.filter(\.isTime).map(\.name).joined(separator: ", ")
    return [("inputs", forms)] + (times.isEmpty ? [] : [("times", "milliseconds since 1970, UTC: \(times)")])
  }
}
