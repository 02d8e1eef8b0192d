import DataFrames
import Testing

@Suite("Numbers with a unit")
struct UnitNumberTests {
  private func frame(_ field: (Int) -> String, rows: Int = 60) throws -> Frame {
    try Tables.read("a;b\n" + (0..<rows).map { "\(field($0));\($0 % 5)\n" }.joined())
  }

  @Test(
    "a column of numbers with a unit is said to be one, and not an identifier",
    arguments: ["kg", " kg", " km/h", "°C", " m²", " Stück", "h", " €/m²", " %vol", "mg/dl"], [",5", ".25", ""])
  func units(unit: String, fraction: String) throws {
    let found = try frame({ "\($0 + 3)\(fraction)\(unit)" })
    let name = unit.drop { $0 == " " }
    #expect(
      found.warnings == [
        "'t': column 'a': its numbers have the unit '\(name)', as in '3\(fraction)\(unit)', which makes the column "
          + "categorical; remove the unit from the fields to have numbers"
      ], "\(found.warnings)")
    #expect(found.layout?.units == ["a": String(name)])
  }

  @Test("long columns are text, and their unit is found, too; several units are listed")
  func others() throws {
    let long = try frame({ "\($0),5 kg" }, rows: 3000)
    #expect(long.columns[0].holdsText && long.layout?.units == ["a": "kg"], "\(long.warnings)")
    #expect(long.warnings.first?.contains("which makes the column text") == true)
    let mixed = try frame { $0 % 2 == 0 ? "\($0) kg" : "\($0)00 g" }
    #expect(mixed.warnings.first?.contains("its numbers have units ('kg', 'g'), as in '0 kg'") == true)
    // Some fields have no unit.
    let some = try frame { $0 % 4 == 0 ? "\($0) kg" : "\($0)" }
    #expect(some.warnings.first?.contains("the unit 'kg'") == true, "\(some.warnings)")
    #expect(!some.warnings.joined().contains("na_strings"))
  }

  @Test("amounts of money, percentages, ranks, streets and codes are no numbers with a unit")
  func withoutUnits() throws {
    for field in [
      { "\($0) €" }, { "\($0),5 %" }, { ["1st", "2nd", "3rd"][$0 % 3] }, { "\($0) Street \($0)" }, { "A\($0)" },
      { "\($0)\(["a", "b", "c", "d", "e"][$0 % 5])" }, { "\($0)-\($0)" }, { "2024-01-\(10 + $0 % 20)" },
    ] as [(Int) -> String] {
      #expect(try frame(field).layout?.units == [:], "\(field(7))")
    }
  }

  @Test("a declared number with a unit is refused with what to remove")
  func declared() {
    let refusal = Tables.refusal("a;b\n1,5 kg;2\n2,5 kg;3\n") { $0.columnTypes = ["a": .number] }
    #expect(refusal.contains("found '1,5 kg' (2 such fields); remove 'kg' from the fields, or declare"), "\(refusal)")
  }
}
