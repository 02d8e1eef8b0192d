/// How the frequent fields of a column are read in place.
struct FieldLane {
  enum Kind {
    /// Every field goes through ``CSVScanner``.
    case none
    case bytes
    case shorts
    case integers
    /// Numbers with at most ``places`` decimal places.
    case scaled
    case doubles
    case days
    case seconds
    case levels
    case texts
    /// Texts that stay in the block.
    case places
  }

  private(set) var kind = Kind.none
  private(set) var places = 0
  /// The storage of numbers and times, or the places of texts, by row.
  let rows: UnsafeMutableRawPointer

  /// A lane that reads nothing.
  init(rows: UnsafeMutableRawPointer) { self.rows = rows }

  /// - `takesTexts`: True if fields of levels and texts end at the next separator or line end.
  init(_ builder: ColumnBuilder, _ rules: FieldRules, takesTexts: Bool) {
    if takesTexts, let places = builder.textPlaces {
      (kind, rows) = (.places, UnsafeMutableRawPointer(places))
      return
    }
    switch builder.storage {
    case .bytes(let numbers): rows = UnsafeMutableRawPointer(numbers)
    case .shorts(let numbers): rows = UnsafeMutableRawPointer(numbers)
    case .integers(let numbers), .scaled(let numbers, _): rows = UnsafeMutableRawPointer(numbers)
    case .doubles(let numbers): rows = UnsafeMutableRawPointer(numbers)
    }
    switch builder.kind {
    case .number: if !rules.missing.holdsNumbers { takeNumbers(builder.storage, rules.form.numbers) }
    case .time:
      guard rules.form.reading == .exact, rules.form.times.format == nil, case .scaled(_, let unit) = builder.storage
      else { return }
      kind = unit == .day ? .days : .seconds
    case .level: if takesTexts { kind = .levels }
    case .text: if takesTexts { kind = .texts }
    case .skipped, .sparse: break
    }
  }

  private mutating func takeNumbers(_ storage: ColumnBuilder.Storage, _ form: NumberForm) {
    switch storage {
    case .bytes: kind = .bytes
    case .shorts: kind = .shorts
    case .integers: kind = .integers
    // Numbers with a decimal comma are noted one by one.
    case .scaled(_, let unit) where form.decimalMark == .point: (kind, places) = (.scaled, unit.places)
    case .doubles where form.decimalMark == .point: kind = .doubles
    case .scaled, .doubles: break
    }
  }
}
