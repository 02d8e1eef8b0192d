import DataFrames
import Testing

@Suite("Dividing a table")
struct FrameDivisionTests {
  private static let text = "n,l,y\n1,p,u\n,q,v\n3,,u\n4.5,r,v\n5,p,v\n"

  @Test("rows keep their order, missing values and types; the first part drops unused levels")
  func parts() throws {
    let (rest, held) = try frame(Self.text).divided(holdingOut: [1, 3], named: "held")
    #expect(rest.rowCount == 3 && held.rowCount == 2 && held.path == "held")
    #expect((0..<3).map { rest.column(named: "n")?.text(at: $0) } == ["1", "3", "5"])
    #expect((0..<2).map { held.column(named: "n")?.text(at: $0) } == [nil, "4.5"])
    #expect(rest.column(named: "l")?.levels == ["p"])
    #expect((0..<3).map { rest.column(named: "l")?.text(at: $0) } == ["p", nil, "p"])
    #expect(held.column(named: "l")?.levels == ["p", "q", "r"])
    #expect((0..<2).map { held.column(named: "l")?.text(at: $0) } == ["q", "r"])
    #expect(rest.column(named: "y")?.levels == ["u", "v"])
  }

  @Test("the checksum depends on content, not on positions, types or level indexes")
  func checksum() throws {
    let table = try frame(Self.text)
    let longer = try frame("y,l,n\nv,z,7.25\nu,p,1\nv,q,\nu,,3\nv,r,4.5\n")
    #expect(table.contentChecksum(ofRows: [0, 1, 2]) == longer.contentChecksum(ofRows: [1, 2, 3]))
    for text in [
      "n,l,y\n1,p,u\n,q,v\n3,,v\n", "n,l,y\n1,p,u\n0,q,v\n3,,u\n", "n,l,y\n1,p,u\n,q,v\n3,p,u\n",
      "m,l,y\n1,p,u\n,q,v\n3,,u\n",
    ] {
      #expect(
        try frame(text).contentChecksum(ofRows: [0, 1, 2]) != table.contentChecksum(ofRows: [0, 1, 2]), "\(text)")
    }
    #expect(table.contentChecksum(ofRows: [0, 1]) != table.contentChecksum(ofRows: [1, 0]))
  }
}
