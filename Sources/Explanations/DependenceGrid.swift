internal import DataFrames
internal import Wording

/// The values of a column at which partial dependence is computed.
///
/// These are all levels or numbers, if there are few; else the most frequent levels, or numbers at equal
/// distances from the 0.05 to the 0.95 quantile. A missing value is one of them if a row has one.
struct DependenceGrid {
  /// The largest number of values besides the missing one.
  static let maximumPoints = 20
  private static let (lowerShare, upperShare) = (0.05, 0.95)

  let points: [PartialDependence.Point]
  /// The values as a column with a row per point.
  let column: Column

  /// Nil for a column without values.
  init?(_ column: Column) {
    if column.levels != nil || column.holdsText { self.init(levels: column) } else { self.init(numbers: column) }
  }

  private init?(levels column: Column) {
    var rows: [String: (first: Int, count: Int)] = [:]
    var missing: Int?
    for row in 0..<column.rowCount {
      guard let level = column.text(at: row) else {
        missing = missing ?? row
        continue
      }
      rows[level] = (rows[level]?.first ?? row, (rows[level]?.count ?? 0) + 1)
    }
    let frequent = rows.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(Self.maximumPoints)
    let order = column.levels.map { levels in
      Dictionary(levels.enumerated().map { ($1, $0) }) { first, _ in first }
    }
    let shown = frequent.map(\.key).sorted { (order?[$0] ?? 0, $0) < (order?[$1] ?? 0, $1) }
    guard !shown.isEmpty else { return nil }
    points = shown.map { .init(label: $0, number: nil) } + (missing == nil ? [] : [.init(label: "", number: nil)])
    self.column = column.selecting(shown.compactMap { rows[$0]?.first } + [missing].compactMap { $0 })
  }

  private init?(numbers column: Column) {
    let sorted = (0..<column.rowCount).map { column.number(at: $0) }.filter(\.isFinite).sorted()
    guard let first = sorted.first else { return nil }
    let distinct = sorted.reduce(into: [first]) { if $1 != $0[$0.count - 1] { $0.append($1) } }
    var values = distinct
    if distinct.count > Self.maximumPoints {
      let (lower, upper) = (Self.quantile(sorted, Self.lowerShare), Self.quantile(sorted, Self.upperShare))
      let step = (upper - lower) / Double(Self.maximumPoints - 1)
      let isWhole = distinct.allSatisfy { $0 == $0.rounded() }
      values = (0..<Self.maximumPoints).map { lower + step * Double($0) }.map { isWhole ? $0.rounded() : $0 }
        .reduce(into: []) { if $1 != $0.last { $0.append($1) } }
    }
    var missing = RowSet()
    let hasMissing = (0..<column.rowCount).contains { column.missing.contains($0) }
    if hasMissing { missing.insert(values.count) }
    points =
      values.map { .init(label: column.isTime ? TimeText.iso($0) : NumberText.shortest($0), number: $0) }
      + (hasMissing ? [.init(label: "", number: nil)] : [])
    self.column = Column(
      name: column.name, values: .doubles(values + (hasMissing ? [0] : [])), missing: missing, isTime: column.isTime)
  }

  /// Returns a quantile by linear interpolation between the sorted values.
  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let lower = Int(place)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (place - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}
