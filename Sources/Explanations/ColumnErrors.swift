internal import DataFrames
internal import Wording

/// Actual and predicted values by groups of the values of a column.
///
/// For a regression these are values of the response; for two classes the second class (0 or 1) and its
/// probability; for several classes whether the predicted class is right (0 or 1) and its probability.
package struct ColumnErrors: Sendable {
  /// A row with a known response.
  struct Row {
    let actual: Double
    let predicted: Double
    let weight: Double
  }

  package struct Group: Sendable {
    /// The level, or the range of numbers or times; empty for missing values.
    package let label: String
    /// The mean of the numbers; nil for levels and for missing values.
    package let center: Double?
    package let rowCount: Int
    package let meanActual: Double
    package let meanPrediction: Double
    /// The standard deviation of actual minus predicted.
    package let deviation: Double

    package var meanResidual: Double { meanActual - meanPrediction }
  }

  /// The number of groups of numbers, about equally large.
  private static let numberGroups = 10
  /// The largest number of groups of levels; the rarer ones are left out.
  private static let levelGroups = 20

  package let column: String
  package let isTime: Bool
  package let groups: [Group]
  /// The number and the residual of each row with a number; empty for levels.
  package let points: [(value: Double, residual: Double)]

  /// - `rows`: One per row of the column; nil for rows that are not scored.
  init?(_ column: Column, rows: [Row?]) {
    self.column = column.name
    isTime = column.isTime
    var missing: [Int] = []
    var groups: [Group] = []
    if column.levels != nil || column.holdsText {
      var members: [String: [Int]] = [:]
      for row in rows.indices where rows[row] != nil {
        if let level = column.text(at: row) { members[level, default: []].append(row) } else { missing.append(row) }
      }
      let order = Dictionary((column.levels ?? []).enumerated().map { ($1, $0) }) { first, _ in first }
      let frequent = members.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(Self.levelGroups)
      groups = frequent.sorted { (order[$0.key] ?? 0, $0.key) < (order[$1.key] ?? 0, $1.key) }.map { level, members in
        Self.group(members.compactMap { rows[$0] }, label: level)
      }
      points = []
    } else {
      var numbers: [(value: Double, row: Row)] = []
      for row in rows.indices {
        guard let known = rows[row] else { continue }
        let value = column.number(at: row)
        if value.isFinite { numbers.append((value, known)) } else { missing.append(row) }
      }
      numbers.sort { $0.value < $1.value }
      points = numbers.map { ($0.value, $0.row.actual - $0.row.predicted) }
      groups = Self.ranges(numbers).map { range in
        Self.group(
          range.map(\.row), label: Self.label(range, isTime: column.isTime), center: Self.mean(range.map(\.value)))
      }
    }
    if !missing.isEmpty { groups.append(Self.group(missing.compactMap { rows[$0] }, label: "")) }
    guard !groups.isEmpty else { return nil }
    self.groups = groups
  }

  /// Divides sorted numbers into groups of about equal size; equal numbers stay together.
  private static func ranges(_ numbers: [(value: Double, row: Row)]) -> [ArraySlice<(value: Double, row: Row)>] {
    var (ranges, start) = ([ArraySlice<(value: Double, row: Row)>](), 0)
    for index in numbers.indices {
      let isLast = index == numbers.count - 1
      let isFull = (index + 1) * numberGroups >= (ranges.count + 1) * numbers.count
      guard isLast || (isFull && numbers[index + 1].value > numbers[index].value) else { continue }
      ranges.append(numbers[start...index])
      start = index + 1
    }
    return ranges
  }

  private static func label(_ range: ArraySlice<(value: Double, row: Row)>, isTime: Bool) -> String {
    func text(_ value: Double) -> String { isTime ? TimeText.iso(value) : NumberText.shortest(value) }
    guard let first = range.first?.value, let last = range.last?.value else { return "" }
    return first == last ? text(first) : "\(text(first)) to \(text(last))"
  }

  private static func group(_ rows: [Row], label: String, center: Double? = nil) -> Group {
    let weight = rows.reduce(0) { $0 + $1.weight }
    let actual = rows.reduce(0) { $0 + $1.weight * $1.actual } / weight
    let predicted = rows.reduce(0) { $0 + $1.weight * $1.predicted } / weight
    let squares = rows.reduce(0.0) { sum, row in
      let difference = row.actual - row.predicted - (actual - predicted)
      return sum + row.weight * difference * difference
    }
    return Group(
      label: label, center: center, rowCount: rows.count, meanActual: actual, meanPrediction: predicted,
      deviation: (squares / weight).squareRoot())
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
}
