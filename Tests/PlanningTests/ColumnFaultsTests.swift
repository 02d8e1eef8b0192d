import DataFrames
import Documents
import JobFiles
import Planning
import Testing

@Suite("Faults of the columns that a job names")
struct ColumnFaultsTests {
  private static let frame = Frame(
    path: "t.csv",
    columns: [
      Column(name: "x", values: .doubles([1, 2, 3, 4]), missing: RowSet()),
      Column(name: "w", values: .doubles([1, -2, 3, 4]), missing: RowSet()),
      Column(name: "o", values: .categorical([0, 1, 0, 1], levels: ["a", "b"]), missing: RowSet()),
      Column(name: "y", values: .doubles([1, 2, 3, 5]), missing: RowSet()),
      Column(name: "one", values: .doubles([1, 1, 1, 1]), missing: RowSet()),
    ])

  private func faults(_ text: String, validation: Frame? = nil) throws -> [String] {
    let job = try JobFileReader.read(Array("training_frame: t.csv\n\(text)\n".utf8), file: "j")
    return TrainingPlanner(job, Compatibility(job)).columnFaults(Self.frame, validation: validation, seed: 1)
      .map(\.description)
  }

  @Test("all come together, each at its key, in the order of the file")
  func together() throws {
    let found = try faults(
      "response_column: yy\nweights_column: w\noffset_column: o\nignored_columns: [xx, q]\n"
        + "column_types: {z: enum}\nrename_levels: {l: {a: b}}\ndate_format: {d: yyyy}\ngroup_column: g\n"
        + "fold_column: f")
    #expect(found.count == 10, "\(found)")
    let expected = [
      "response_column names column 'yy'", "weights_column 'w' holds negative weights", "offset_column 'o' is enum",
      "ignored_columns names column 'xx'", "ignored_columns names column 'q'", "column_types names column 'z'",
      "rename_levels names column 'l'", "date_format names column 'd'", "group_column names column 'g'",
      "fold_column names column 'f'",
    ]
    for (index, text) in expected.enumerated() {
      #expect(
        found[index].contains(text) && found[index].hasPrefix("j:\(index < 4 ? index + 2 : index + 1):"),
        "\(found[index])")
    }
    #expect(found[0].contains("did you mean 'y'?"))
  }

  @Test("a response that cannot be learnt, and an objective that does not suit it, are reported with the others")
  func response() throws {
    #expect(
      try faults("response_column: one\nweights_column: w").map {
        $0.contains("is constant") || $0.contains("negative")
      }
        == [true, true])
    let found = try faults("response_column: y\ndistribution: bernoulli\nignored_columns: [q]")
    #expect(found.count == 2 && found[0].contains("needs a categorical response"), "\(found)")
    #expect(try faults("response_column: y\nclass_weight: {a: 2}").count == 1)
    #expect(try faults("response_column: y\nnfolds: 9").first?.contains("more than the 4 rows") == true)
  }

  @Test("the validation table needs the response")
  func validation() throws {
    let other = Frame(path: "v.csv", columns: [Column(name: "x", values: .doubles([1]), missing: RowSet())])
    let found = try faults("response_column: y\nvalidation_frame: v.csv", validation: other)
    #expect(found.count == 1 && found[0].contains("which 'v.csv' does not have"), "\(found)")
  }

  @Test("a sound job has no faults")
  func sound() throws {
    #expect(try faults("response_column: y\nignored_columns: [o, one]").isEmpty)
    #expect(try faults("autoencoder: true").isEmpty)
  }
}
