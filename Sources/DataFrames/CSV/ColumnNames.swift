/// The names of columns, from the header of a table.
struct ColumnNames {
  private(set) var names: [String] = []
  /// The names that occur more than once in the header.
  private(set) var duplicates: [String] = []

  /// Names empty fields of `header` C1, C2 and so on, and repeated names `name.1`, `name.2`.
  ///
  /// No such name is one that the header itself holds.
  init(_ header: [String]) {
    var used = Set(header)
    var seen: Set<String> = []
    for (index, name) in header.enumerated() {
      if name.isEmpty {
        names.append(Self.free("C\(index + 1)", &used))
      } else if seen.insert(name).inserted {
        names.append(name)
      } else {
        if !duplicates.contains(name) { duplicates.append(name) }
        names.append(Self.free(name, &used, isTaken: true))
      }
    }
  }

  /// Returns the first of `name`, `name.1`, `name.2` and so on that is not used, and adds it to `used`.
  ///
  /// - `isTaken`: True to leave out `name` itself.
  static func free(_ name: String, _ used: inout Set<String>, isTaken: Bool = false) -> String {
    var (candidate, number) = (name, 0)
    while isTaken && number == 0 || used.contains(candidate) {
      number += 1
      candidate = "\(name).\(number)"
    }
    used.insert(candidate)
    return candidate
  }
}
