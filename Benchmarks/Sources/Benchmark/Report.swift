import Foundation

/// What was measured: lines of figures and of ratios, printed as they come and written as a page at the end.
final class Report {
  private var lines: [String] = []
  private var isInTable = false

  func heading(_ text: String) {
    add("\n## \(text)\n")
    isInTable = false
  }

  /// Begins a table.
  func columns(_ names: [String]) {
    if isInTable { add("") }
    add("| " + names.joined(separator: " | ") + " |")
    add("|" + String(repeating: " --- |", count: names.count))
    isInTable = true
  }

  func row(_ cells: [String]) { add("| " + cells.joined(separator: " | ") + " |") }

  func note(_ text: String) {
    add((isInTable ? "\n" : "") + text + "\n")
    isInTable = false
  }

  private func add(_ line: String) {
    lines.append(line)
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  func write(_ path: String, machine: String) throws {
    let head = "# Benchmarks\n\nMade by `make benchmark`; ratios count, not seconds. \(machine)\n"
    try (head + lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// Three figures, thousands apart.
  static func figure(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    if value >= 1000 {
      var digits = String(Int(value.rounded()))
      var groups: [String] = []
      while digits.count > 3 {
        groups.insert(String(digits.suffix(3)), at: 0)
        digits = String(digits.dropLast(3))
      }
      return ([digits] + groups).joined(separator: ",")
    }
    return value >= 100
      ? String(format: "%.0f", value) : value >= 10 ? String(format: "%.1f", value) : String(format: "%.2f", value)
  }

  /// A ratio and what was wanted of it.
  static func ratio(_ value: Double, atLeast wanted: Double) -> String {
    "\(figure(value)) (wanted \(figure(wanted)))" + (value >= wanted ? "" : " **missed**")
  }
}
