extension TypeSentence {
  /// The sentence about numbers with a unit, which are words for it; nil without them.
  var unitSentence: String? {
    // A few levels such as 1st, 2nd and 3rd are no measurements.
    guard let units, let example = units.first, distinct > 2 * units.units.count else { return nil }
    let names = units.units.map { "'\($0)'" }
    let kind = plan.kind == .text || isText ? "text" : "categorical"
    return names.count == 1
      ? "its numbers have the unit \(names[0]), as in '\(Self.short(example))', which makes the column \(kind); remove the "
        + "unit from the fields to have numbers"
      : "its numbers have units (\(names.joined(separator: ", "))), as in '\(Self.short(example))', which makes the column "
        + "\(kind); if they are measurements, convert them to one unit, and remove it from the fields to have numbers"
  }
}
