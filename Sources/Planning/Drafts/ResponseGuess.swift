internal import DataFrames
internal import Wording

/// A guess of the column that a table is meant to predict, from names, places and types.
struct ResponseGuess {
  /// Usual names of responses, and their rank: the larger, the surer.
  private static let ranks: [String: Int] = [
    "target": 100, "response": 100, "outcome": 100, "label": 100, "class": 100, "y": 90, "ziel": 90,
    "zielvariable": 100,
    "klasse": 90, "ergebnis": 85, "species": 85, "diagnosis": 85, "survived": 85, "churn": 85, "fraud": 85,
    "default": 70, "price": 80, "preis": 80, "income": 70, "salary": 70, "gehalt": 70, "quality": 70, "rating": 65,
    "medv": 80, "result": 65, "category": 60, "sales": 60, "revenue": 60, "umsatz": 60, "cost": 50, "score": 50,
    "kündigung": 85, "gekündigt": 85, "abwanderung": 85, "storno": 80, "ausfall": 75, "betrug": 85, "diagnose": 85,
    "cible": 100, "résiliation": 85, "résilié": 85, "prix": 80, "miete": 80, "kaltmiete": 85, "status": 45, "type": 40,
    "value": 35, "wert": 35,
  ]
  /// Names of classes, which make numbers with few values levels.
  private static let classWords: Set<String> = [
    "target", "label", "class", "klasse", "species", "category", "type", "diagnosis", "outcome",
  ]
  private static let fewLevels = 2...20
  private static let lastColumn = 30
  private static let firstColumn = 5
  private static let twoValues = 25
  private static let levels = 20

  let column: ColumnDescription
  /// The evidence, to follow "because": `it is the last column and has 3 levels`.
  let reason: String
  /// False for any column that could be predicted, because nothing tells which one is meant.
  let isCertain: Bool

  /// True for the label of a format that has one.
  private let isLabel: Bool

  /// Chooses among all columns but identifiers; nil if none can be a response.
  ///
  /// Numbers with a unit are chosen if there is nothing else, because they are not read as numbers.
  static func of(_ table: TableDescription, identifiers: Set<String>) -> ResponseGuess? {
    let units = Set((table.layout?.units ?? [:]).keys)
    return ResponseGuess(table, identifiers: identifiers.union(units))
      ?? ResponseGuess(table, identifiers: identifiers)
  }

  private init?(_ table: TableDescription, identifiers: Set<String>) {
    if table.layout?.format.columnNames == .numbered, let label = table.columns.first {
      guard label.distinctCount > 1 else { return nil }
      (column, reason, isLabel, isCertain) = (label, "it is the label of each line", true, true)
      return
    }
    let last = table.columns.count - 1
    var best: (score: Int, index: Int, reasons: [String])?
    for (index, column) in table.columns.enumerated() {
      guard Self.isFit(column), !identifiers.contains(column.name) else { continue }
      var (score, reasons) = (0, [String]())
      if let (word, rank) = Self.named(column.name) {
        score += rank
        reasons.append("its name says '\(word)'")
      }
      if index == last {
        score += Self.lastColumn
        reasons.append("it is the last column")
      } else if index == 0 {
        score += Self.firstColumn
      }
      if column.distinctCount == 2 {
        score += Self.twoValues
        reasons.append("it has two values")
      } else if column.kind == .enumeration, Self.fewLevels.contains(column.distinctCount) {
        score += Self.levels
        reasons.append("it has \(column.distinctCount) levels")
      }
      if best.map({ score >= $0.score }) ?? true { best = (score, index, reasons) }
    }
    guard let best else { return nil }
    column = table.columns[best.index]
    isLabel = false
    isCertain = !best.reasons.isEmpty
    reason =
      isCertain
      ? best.reasons.joined(separator: ", and ")
      : "neither names nor places of columns say which one is meant"
  }

  /// A response that was asked for.
  init(given column: ColumnDescription) {
    self.column = column
    isLabel = false
    reason = "you named it"
    isCertain = true
  }

  /// Whether the values of a numeric response are the names of classes.
  var isOfClasses: Bool {
    guard column.kind == .int else { return column.kind == .enumeration }
    if column.distinctCount == 2 { return true }
    return Self.fewLevels.contains(column.distinctCount)
      && (isLabel || NameWords.of(column.name).contains(where: Self.classWords.contains))
  }

  private static func isFit(_ column: ColumnDescription) -> Bool {
    column.kind != .string && column.kind != .time && column.distinctCount > 1
  }

  /// Returns the usual name in a column's name and its rank; a name of several words counts a little less.
  private static func named(_ name: String) -> (word: String, rank: Int)? {
    let words = NameWords.of(name)
    let found = words.compactMap { word in ranks[word].map { (word, words.count == 1 ? $0 : $0 - 10) } }
    return found.max { $0.1 < $1.1 }
  }
}
