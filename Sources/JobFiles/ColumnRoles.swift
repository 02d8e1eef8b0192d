internal import Documents

extension JobFile {
  /// The keys of columns with a role, in order of precedence: if a column has two roles, the fault is reported for the
  /// later key.
  private static let roleKeys: [any ParameterKey & Sendable] = [
    \.responseColumn, \.weightsColumn, \.offsetColumn, \.foldColumn, \.groupColumn,
  ]

  /// The column of each of these keys.
  private var columnRoles: [(key: ParameterKey, column: String?)] {
    let columns = [
      self.responseColumn, self.weightsColumn, self.offsetColumn, self.foldColumn, self.groupColumn,
    ]
    return zip(Self.roleKeys, columns).map { (key: $0 as ParameterKey, column: $1) }
  }

  /// The columns that are not inputs because they have a role.
  package var columnsWithRoles: Set<String> { Set(columnRoles.compactMap(\.column)) }

  /// Returns a fault for each earlier role that the column of `key` also has.
  ///
  /// - `onlyResponse`: Compares with the response column only.
  func roleFaults(_ key: ParameterKey, onlyResponse: Bool = false) -> [DocumentFault] {
    let roles = columnRoles
    guard let index = roles.firstIndex(where: { $0.key == key }), let column = roles[index].column else { return [] }
    return roles[..<(onlyResponse ? 1 : index)].filter { $0.column == column }.map { role in
      fault(key, "is also the \(ParameterCatalogue.shared.row(role.key).key); a column can have only one role")
    }
  }
}
