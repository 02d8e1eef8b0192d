/// Names for columns whose own name is taken.
struct FreeNames {
  private var used: Set<String>
  /// The last number that was given to each name; without it, equal names would take quadratic time.
  private var numbers: [String: Int] = [:]

  init(used: Set<String>) { self.used = used }

  /// Marks a name as used.
  mutating func use(_ name: String) { used.insert(name) }

  /// Returns the first of `name`, `name.1`, `name.2` and so on that is not used, and uses it.
  ///
  /// - `isTaken`: True to leave out `name` itself.
  mutating func take(_ name: String, isTaken: Bool = false) -> String {
    var (candidate, number) = (name, numbers[name] ?? 0)
    while isTaken && candidate == name || used.contains(candidate) {
      number += 1
      candidate = "\(name).\(number)"
    }
    numbers[name] = number
    used.insert(candidate)
    return candidate
  }
}
