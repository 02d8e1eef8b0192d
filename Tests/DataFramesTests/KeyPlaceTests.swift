import DataFrames
import Testing

@Suite("The place of advised keys")
struct KeyPlaceTests {
  private static let rows = 0..<40

  /// Tables whose reading advises a key.
  private static let texts: [String] = [
    "a;b\n1,234;x\n2,345;y\n", "a,b,c\n1,2\n3,4,5\n6,7,8\n", "a\n1^2\n3^4\n5^6\n", "a|b;c\n1|2;3\n4|5;6\n",
    "a,d\n" + rows.map { "\($0),0\($0 % 9 + 1)/0\($0 % 8 + 1)/2024\n" }.joined(),
    "a,b\n" + rows.map { "\($0),01.20\(10 + $0 % 20)\n" }.joined(),
    "zip,b\n" + rows.map { "0\(1000 + $0),\($0)\n" }.joined(),
    "a,b\n" + rows.map { "\($0),\($0 == 0 ? "odd" : "\($0)")\n" }.joined(),
    "a,b\n" + rows.map { "\($0),\($0 % 3 == 0 ? "odd" : "\($0)")\n" }.joined(),
    "name,b\n" + rows.map { "n\($0),\($0)\n" }.joined(), "1,2\n3,4\n5,6\n", "Report of May\n\na,b\n1,2\n3,4\n",
    "a,b\n" + rows.map { "x,\"\($0),5\"\n" }.joined(),
    "v,b\n" + rows.map { "2.\($0 % 9 + 1).2\($0 % 9),\($0)\n" }.joined(),
    "0 1:2\n1 2:3\n",
  ]

  private static func isAdvice(_ sentence: String) -> Bool {
    ["state ", "declare the column", "na_strings", "ignored_columns", "max_bad_fields"]
      .contains(where: sentence.contains)
  }

  @Test("every sentence that advises a key names the option that takes it", arguments: texts)
  func warnings(text: String) throws {
    let plain = try Tables.read(text) { $0.maximumBadFields = 1 }
    let placed = try Tables.read(text) { options in
      options.maximumBadFields = 1
      options.keyPlace = .option("--read-like", file: nil)
    }
    #expect(plain.warnings.count == placed.warnings.count)
    for (sentence, other) in zip(placed.warnings, plain.warnings) {
      #expect(sentence.contains(" in a job file for --read-like") == Self.isAdvice(other), "\(sentence)")
      #expect(!other.contains("job file"), "\(other)")
    }
  }

  @Test("so does every error")
  func errors() {
    let place = KeyPlace.option("--job", file: "j.yaml")
    let errors: [FrameError] = [
      .tooManyFields(path: "t", line: 2, expected: 1, count: 3), .strayText(path: "t", line: 2, count: 3),
      .notANumber(path: "t", column: "a", line: 2, found: "x", count: 1),
      .notANumber(path: "t", column: "a", line: 2, found: "x", count: 1, isFixed: true),
      .unknownSheet(path: "t", name: "a", sheets: ["b"]), .emptySheet(path: "t", name: "a", others: ["b"]),
      .scratch(path: "t", folder: "/tmp", reason: "full"),
    ]
    for error in errors {
      #expect(error.description(for: place).contains(" in 'j.yaml' (--job)"), "\(error.description(for: place))")
      #expect(!"\(error)".contains("--job"))
    }
    #expect(FrameError.several(errors).description(for: place).split(separator: "\n").count == errors.count)
    #expect(!"\(errors[3])".contains("column_types") && "\(errors[2])".contains("column_types"))
  }
}
