import Documents
import Testing

@Suite("Reading YAML within limits")
struct DocumentReaderTests {
  private func faults(_ text: String) -> [String] {
    faults(Array(text.utf8))
  }

  private func faults(_ bytes: [UInt8]) -> [String] {
    do throws(DocumentError) {
      _ = try DocumentReader.read(bytes, file: "f.yaml")
      return []
    } catch {
      return error.faults.map(\.description)
    }
  }

  @Test("an empty file has no document; binary content and invalid UTF-8 are refused with a remedy")
  func unreadable() throws {
    for text in ["", "# only a comment\n"] {
      let isEmpty = try DocumentReader.read(Array(text.utf8), file: "f.yaml") == nil
      #expect(isEmpty)
    }
    #expect(faults([1, 0, 2])[0].contains("not a text file"))
    #expect(faults([0x61, 0xFF, 0xFE])[0].contains("not a text file"))
  }

  @Test("a byte order mark at the start is skipped, and places are counted without it")
  func byteOrderMark() throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let isRead = try DocumentReader.read(mark + Array("a: 1\n".utf8), file: "f.yaml") != nil
    #expect(isRead && faults(mark + Array("a: *b\n".utf8)) == faults("a: *b\n"))
  }

  @Test("a file beyond the size limit is refused before parsing")
  func tooLarge() {
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: DocumentReader.maximumBytes + 1)
    #expect(faults(bytes)[0].contains("has \(bytes.count) bytes"))
  }

  @Test("deep nesting is refused before the parser recurses, in flow and in block style")
  func tooDeep() {
    #expect(faults("a: " + String(repeating: "[", count: 100_000))[0].contains("nested more than"))
    #expect(faults(String(repeating: "- ", count: 5000) + "x")[0].contains("nested more than"))
    let steps = (0..<300).map { String(repeating: " ", count: $0) + "k:" }.joined(separator: "\n")
    #expect(faults(steps)[0].contains("nested more than"))
  }

  @Test("anchors and aliases are refused with their location")
  func aliases() {
    let found = faults("a: &x [1]\nb: *x\n")
    #expect(found.contains("f.yaml:1:4: error: anchors ('&x') are not supported; write the value out"))
    let many = faults("a: &x [1]\n" + (0..<20).map { "b\($0): *x\n" }.joined())
    #expect(many == ["f.yaml:1:1: error: aliases ('*name') are not supported; write the values out"])
  }

  @Test("an alias bomb is refused quickly", .timeLimit(.minutes(1)))
  func aliasBomb() {
    var text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    for level in 1...8 {
      let item = "*a\(level - 1)"
      text += "a\(level): &a\(level) [" + Array(repeating: item, count: 9).joined(separator: ",") + "]\n"
    }
    #expect(faults(text).contains { $0.contains("aliases") })
  }

  @Test("errors for duplicate keys and invalid syntax name the line")
  func syntax() {
    #expect(faults("a: 1\nb: 2\na: 3\n")[0].contains("duplicate keys: 'a'"))
    #expect(faults("a: [1, 2\nb: 3\n")[0].hasPrefix("f.yaml:2:"))
    #expect(faults("a: @x\n")[0].contains("check indentation, colons and quotes here"))
  }

  @Test("the second of two keys is named and left out, whatever else is wrong")
  func duplicates() throws {
    func check(_ text: String) throws -> (keys: [String], faults: [String]) {
      let (root, faults) = try DocumentReader.check(Array(text.utf8), file: "f")
      guard case .mapping(let entries)? = root?.content else { return ([], faults.map(\.description)) }
      return (entries.map(\.key.name), DocumentError(faults).faults.map(\.description))
    }
    let (keys, found) = try check("b: 1\na: 2\nb: 3\n'a' : 4\nc: &x 5\nb: 6\n")
    #expect(keys == ["b", "a", "c"])
    #expect(
      found == [
        "f:3:1: error: duplicate keys: 'b'; keep one of each (the first is in line 1)",
        "f:4:1: error: duplicate keys: 'a'; keep one of each (the first is in line 2)",
        "f:5:4: error: anchors ('&x') are not supported; write the value out",
        "f:6:1: error: duplicate keys: 'b'; keep one of each (the first is in line 1)",
      ])
    // Blocks in a list, the second of which has the same keys as the first, and a text that looks like a key.
    let list = try check("list:\n  - x: 1\n    x: 2\n  - x: 3\n    y: |\n      x: 5\n")
    #expect(list.keys == ["list"] && list.faults.count == 1 && list.faults[0].hasPrefix("f:3:5: "), "\(list)")
    let nested = try check("a:\n  x: 1\nb:\n  x: 2\n  x: 3\nc: 1\n")
    #expect(nested.keys == ["a", "b", "c"] && nested.faults.count == 1 && nested.faults[0].hasPrefix("f:5:3: "))
    // In brackets nothing else can be read.
    #expect(faults("a: {x: 1, x: 2}\n")[0].contains("duplicate keys: 'x'"))
    let many = "a: 1\n" + String(repeating: "a: 2\n", count: 1000)
    #expect(faults(many).allSatisfy { $0.contains("duplicate keys: 'a'") } && faults(many).count <= 101)
  }

  @Test("a tab in the indentation is named, with its location")
  func tabs() {
    let message = "error: invalid YAML: a tab cannot indent YAML; use spaces"
    #expect(faults("\ta: 1\n") == ["f.yaml:1:1: \(message)"])
    #expect(faults("é: 1\na:\n\tb: 1\n") == ["f.yaml:3:1: \(message)"])
    #expect(faults("a:\n  \tb: 1\n") == ["f.yaml:2:3: \(message)"])
    #expect(faults("a: x\n\tb: 1\n")[0].hasSuffix(message))
  }

  @Test("JSON is read like YAML")
  func json() throws {
    let node = try #require(try DocumentReader.read(Array(#"{"a": [1, 2.5], "b": "x\ny"}"#.utf8), file: "f.json"))
    guard case .mapping(let entries) = node.content else { return #expect(Bool(false), "not a mapping") }
    #expect(entries.map(\.key.name) == ["a", "b"])
  }

  @Test(
    "a backslash in double quotes is answered with the way to write it",
    arguments: [
      #"a: "C:\data\x.csv""#, #"a: "C:\Users\x.csv""#, #"a: ["b", "\path"]"#, #"{"a": "C:\data\x.csv"}"#,
      #"a: "C:\new\table.csv""#, #"a: "D:\u12""#,
    ])
  func backslashes(text: String) {
    let found = faults(text)
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.contains("in double quotes a backslash begins an escape sequence") == true, "\(found)")
    #expect(found.first?.contains("in single quotes, or with forward slashes") == true, "\(found)")
  }

  @Test("escape sequences and backslashes in other places are text")
  func goodBackslashes() {
    for text in [#"a: "\t""#, #"a: 'C:\data\x.csv'"#, #"a: C:\data\x.csv"#, #"a: "C:/data/x.csv""#, #"a: "x\n""#] {
      #expect(faults(text).isEmpty, "\(text)")
    }
    #expect(faults("a: \"b\n")[0].contains("check indentation, colons and quotes"))
  }
}
