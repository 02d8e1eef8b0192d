import Reports
import Testing

@Suite("Tables as CSV")
struct CSVTextTests {
  @Test("fields are quoted where needed, and NaN becomes an empty field")
  func csv() {
    var csv = CSVText(header: ["a", "b,c"])
    csv.append([.text("say \"x\""), .number(.nan)])
    csv.append([.number(0.1), .int(3)])
    csv.append([.text(" blank"), .empty])
    #expect(csv.text == "a,\"b,c\"\n\"say \"\"x\"\"\",\n0.1,3\n\" blank\",\n")
  }
}
