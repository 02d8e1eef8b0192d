/// All errors of columns with a role, where building an encoding throws the first.
extension RowEncodingBuilder {
  /// Returns an error for each ignored column that does not exist, and for each unsuitable weights, offset or response
  /// column.
  package func problems(of frame: Frame, response name: String?) -> [FrameError] {
    var problems: [FrameError] = []
    func note<Value>(_ look: () throws(FrameError) -> Value) -> Value? {
      do throws(FrameError) { return try look() } catch {
        problems.append(error)
        return nil
      }
    }
    for ignored in choices.ignoredColumns.sorted() {
      _ = note { () throws(FrameError) in try frame.column(named: ignored, for: .ignored) }
    }
    let weights = choices.weightsColumn.flatMap { name in
      note { () throws(FrameError) in try weightsColumn(name, frame) }
    }
    let offset = choices.offsetColumn.flatMap { name in
      note { () throws(FrameError) in try offsetColumn(name, frame) }
    }
    if let name {
      _ = note { () throws(FrameError) in
        let column = try frame.column(named: name, for: .response)
        return try responseEncoding(column, weights: weights, offset: offset, path: frame.path)
      }
    }
    return problems
  }
}
