/// The names of columns, from the header of a table.
struct ColumnNames {
  private(set) var names: [String] = []
  /// The names that occur more than once in the header.
  private(set) var duplicates: [String] = []
  /// The names of the later columns with such a name.
  private(set) var renamed: [String: [String]] = [:]

  /// Names empty fields of `header` C1, C2 and so on, and repeated names `name.1`, `name.2`.
  ///
  /// No such name is one that the header itself holds.
  init(_ header: [String]) {
    var free = FreeNames(used: Set(header))
    var seen: Set<String> = []
    for (index, name) in header.enumerated() {
      if name.isEmpty {
        names.append(free.take("C\(index + 1)"))
      } else if seen.insert(name).inserted {
        names.append(name)
      } else {
        let other = free.take(name, isTaken: true)
        if renamed[name] == nil { duplicates.append(name) }
        renamed[name, default: []].append(other)
        names.append(other)
      }
    }
  }
}
