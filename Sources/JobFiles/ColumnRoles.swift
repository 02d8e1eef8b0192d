internal import Documents

extension JobFile {
  /// The columns with a role, in the order in which roles are given: a column has one, and the later key is at fault.
  private var columnRoles: [(key: ParameterKey, column: String?)] {
    [
      (\.responseColumn, self.responseColumn), (\.weightsColumn, self.weightsColumn),
      (\.offsetColumn, self.offsetColumn), (\.foldColumn, self.foldColumn), (\.groupColumn, self.groupColumn),
    ]
  }

  /// Columns that are no inputs because they have a role.
  package var columnsWithRoles: Set<String> { Set(columnRoles.compactMap(\.column)) }

  /// A fault for each earlier role that the column of `key` has too.
  ///
  /// `onlyResponse`: Whether the response alone is looked at.
  func roleFaults(_ key: ParameterKey, onlyResponse: Bool = false) -> [DocumentFault] {
    let roles = columnRoles
    guard let index = roles.firstIndex(where: { $0.key == key }), let column = roles[index].column else { return [] }
    return roles[..<(onlyResponse ? 1 : index)].filter { $0.column == column }.map { role in
      fault(key, "is the \(ParameterCatalogue.shared.row(role.key).key) too; a column has one role")
    }
  }
}
