import DataFrames
import JobFiles
import Planning
import Testing

@Suite("Drafts of job files")
struct JobDraftTests {
  private func words(_ name: String, _ levels: [String], rows: Int = 60) -> Column {
    Column(
      name: name, values: .categorical((0..<rows).map { Int32($0 % levels.count) }, levels: levels), missing: RowSet())
  }

  private func numbers(_ name: String, rows: Int = 60, _ value: (Int) -> Double) -> Column {
    Column(name: name, values: .doubles((0..<rows).map(value)), missing: RowSet())
  }

  private func draft(_ columns: [Column], response: String? = nil, layout: TableLayout? = nil) -> JobDraft? {
    JobDraft(
      TableDescription(Frame(path: "t.csv", columns: columns, layout: layout)), tableName: "data/t.csv",
      response: response)
  }

  private func job(_ draft: JobDraft?) throws -> JobFile {
    let draft = try #require(draft)
    return try JobFileReader.read(Array(draft.text.utf8), file: "draft")
  }

  @Test("the name of a column is the strongest evidence, then its place and its values")
  func guesses() {
    let (size, color) = (numbers("size") { Double($0 % 11) / 3 }, words("color", ["red", "green", "blue"]))
    let price = numbers("SalePrice") { Double($0) * 1.5 }
    #expect(draft([price, size, color])?.responseName == "SalePrice")
    #expect(draft([price, size, color])?.responseReason == "its name says 'price'")
    #expect(draft([size, color])?.responseName == "color")
    #expect(draft([color, size])?.responseName == "size")
    #expect(draft([words("sick", ["no", "yes"]), size, numbers("w") { Double($0 % 5) }])?.responseName == "w")
    #expect(draft([numbers("label") { Double($0 % 10) }, size, price])?.responseName == "label")
    #expect(draft([price, color], response: "color")?.responseName == "color")
  }

  @Test("columns that identify rows are ignored, and constant ones cannot be the response")
  func identifiers() throws {
    let columns = [
      numbers("row") { Double($0 + 1) }, words("name", (0..<60).map { "n\($0)" }),
      numbers("customer_id") { Double($0 * 7) },
      numbers("size") { Double($0 % 11) }, words("one", ["only"]),
    ]
    let job = try job(draft(columns))
    #expect(job.ignoredColumns == ["row", "name", "customer_id"])
    #expect(job.responseColumn == "size")
    #expect(draft([words("name", (0..<60).map { "n\($0)" })]) == nil)
  }

  @Test("a table without predictors is warned about")
  func noPredictors() throws {
    let columns = [words("title", (0..<60).map { "n\($0)" }), numbers("stars") { Double($0 % 5) }]
    let made = try #require(draft(columns))
    #expect(made.responseName == "stars")
    #expect(
      made.missingPredictors?.hasPrefix("no predictor is left besides the response 'stars', because 'title'") == true)
    #expect(draft(columns + [words("color", ["red", "green"])])?.missingPredictors == nil)
  }

  @Test("few whole numbers as a response may be classes, and the draft says how to say so")
  func classCodes() throws {
    let few = try #require(
      draft([words("color", ["red", "green"]), numbers("wine") { Double($0 % 3) }], response: "wine"))
    #expect(
      few.text.replacing("\n# ", with: " ").contains("If its 3 different whole numbers are classes"), "\(few.text)")
    let many = try #require(
      draft([words("color", ["red", "green"]), numbers("price") { Double($0) / 3 }], response: "price"))
    #expect(!many.text.contains("are classes"), "\(many.text)")
  }

  @Test("numbers with a unit are left out with the way to use them, unless their name is that of an identifier")
  func units() throws {
    let names = ["weight", "order_id", "size", "shade"]
    var layout = TableLayout(format: .csv, separator: ",", decimalMark: .point, hasHeader: true)
    layout.units = ["weight": "kg", "order_id": "DE", "shade": "cm"]
    let columns = [
      words(names[0], (0..<60).map { "\($0),5 kg" }), words(names[1], (0..<60).map { "\($0)DE" }),
      numbers(names[2]) { Double($0 % 11) }, words(names[3], ["1 cm", "2 cm", "3 cm"]),
    ]
    let made = try #require(draft(columns, response: "size", layout: layout))
    let text = made.text
    #expect(text.contains("  - weight  # numbers with a unit (kg), 60 different ones"), "\(text)")
    let unwrapped = text.replacing("\n  # ", with: " ")
    #expect(unwrapped.contains("Remove the unit from the fields of the table"), "\(text)")
    #expect(text.contains("  - order_id  # 60 different values in 60 rows"), "\(text)")
    #expect(
      text.contains("  shade: enum  # 3 levels: 1 cm, 2 cm, 3 cm; with a unit (cm), so they are no numbers"), "\(text)")
    // A column of numbers that are read as words is no response as long as there are others.
    #expect(draft(Array(columns.reversed()), layout: layout)?.responseName == "size")
    #expect(draft([columns[3]], layout: layout)?.responseName == "shade")
    let job = try job(made)
    #expect(job.ignoredColumns == ["order_id", "weight"] && job.columnTypes["shade"] == .enumeration)
  }

  @Test("a response that nothing tells from other columns is said to be a guess, with what to do")
  func uncertain() throws {
    let columns = [
      numbers("size") { Double($0 % 11) / 3 }, numbers("width") { Double($0 % 7) / 3 },
      words("name", (0..<60).map { "n\($0)" }),
    ]
    let made = try #require(draft(columns))
    #expect(!made.isResponseCertain)
    #expect(made.responseReason == "neither names nor places of columns say which one is meant")
    #expect(
      made.text.replacing("\n# ", with: " ").contains(
        " The column to predict, a guess, because neither names nor places of columns say which one is meant. Replace it "
          + "by the column that you want to predict. "), "\(made.text)")
    #expect(draft(Array(columns.dropLast()))?.isResponseCertain == true)
    #expect(draft(columns, response: "size")?.isResponseCertain == true)
  }

  @Test("numbers that name classes are declared enum, others stay numbers")
  func classes() throws {
    func type(_ name: String, _ count: Int) throws -> ColumnTypeChoice? {
      let columns = [numbers("size") { Double($0 % 11) / 3 }, numbers(name) { Double($0 % count) }]
      return try job(draft(columns, response: name)).columnTypes[name]
    }
    #expect(try type("sick", 2) == .enumeration)
    #expect(try type("class", 5) == .enumeration)
    #expect(try type("rooms", 5) == .int)
  }

  @Test("what was guessed about the file is stated")
  func layout() throws {
    let layout = TableLayout(
      format: .csv, encoding: .windows1252, separator: ";", decimalMark: .comma, hasHeader: true)
    let draft = draft([numbers("a") { Double($0) / 4 }, words("y", ["u", "v"])], layout: layout)
    let job = try job(draft)
    #expect(job.separator == ";" && job.decimal == .comma && job.header == true)
    #expect(job.trainingFrame?.names == ["data/t.csv"] && job.validationFraction == 0.2)
    #expect(job.columnTypes == ["a": .real, "y": .enumeration])
    #expect(draft?.text.contains("encoding windows-1252") == true)
  }

  @Test("the settled format of dates and the lines of titles are stated")
  func dateFormats() throws {
    var notation = ColumnNotation()
    notation.writtenFormat = "dd/MM/yyyy HH:mm"
    var layout = TableLayout(format: .csv, separator: ",", decimalMark: .point, hasHeader: true)
    layout.titleLines = 2
    layout.notation.columns = ["day": notation]
    let day = Column(
      name: "day", values: .doubles((0..<60).map { 1e12 + Double($0 % 9) }), missing: RowSet(), isTime: true)
    var draft = try #require(self.draft([day, words("y", ["u", "v"])], layout: layout))
    let job = try job(draft)
    #expect(job.dateFormat.ofColumn == ["day": "dd/MM/yyyy HH:mm"] && job.skipLines == 2)
    draft.unformatted.insert("day")
    #expect(try self.job(draft).dateFormat.ofColumn.isEmpty)
  }

  @Test("numbers that are codes are declared enum, or ignored where they differ in most rows")
  func codes() throws {
    var layout = TableLayout(format: .csv, separator: ",", decimalMark: .point, hasHeader: true)
    layout.codes = ["zip", "phone"]
    let job = try job(
      draft(
        [numbers("zip") { Double($0 % 5) }, numbers("phone") { Double($0 * 7) }, words("y", ["u", "v"])], layout: layout
      ))
    #expect(job.columnTypes["zip"] == .enumeration && job.ignoredColumns == ["phone"])
  }

  @Test("names need no care: the draft of any table can be read")
  func strangeNames() throws {
    let names = ["a: b", "#c", "- d", "yes", "5", "e\nf", "\"g\"", "ü {", "null", " h "]
    let columns = names.map { name in numbers(name) { Double($0 % 11) / 3 } } + [words("y #1", ["u: v", "w\nx", "#"])]
    let job = try job(draft(columns))
    #expect(Set(job.columnTypes.keys) == Set(names + ["y #1"]))
    #expect(job.responseColumn == "y #1")
  }

  @Test("a type that does not fit every field is left out with the reason")
  func unstated() throws {
    let columns = [numbers("a") { Double($0) / 4 }, words("y", ["u", "v"])]
    var draft = try #require(self.draft(columns))
    draft.unstated["a"] = "'oops' and the like (1) count as missing"
    #expect(try job(draft).columnTypes == ["y": .enumeration])
    #expect(draft.text.contains("# a is not stated: 'oops' and the like (1) count as missing"))
  }

  @Test("a tiny table holds out no rows")
  func tiny() throws {
    let job = try job(draft([numbers("a", rows: 5) { Double($0) / 4 }, words("y", ["u", "v"], rows: 5)]))
    #expect(job.validationFraction == 0)
  }

  @Test("the mark of decimals is left out where columns disagree")
  func openMark() throws {
    let layout = TableLayout(format: .csv, separator: ";", decimalMark: nil, hasHeader: true)
    let job = try job(draft([numbers("a") { Double($0) / 4 }, words("y", ["u", "v"])], layout: layout))
    #expect(job.separator == ";" && job.decimal == nil)
  }

  @Test("the label of an SVMLight table is the response, and no separator makes it another table")
  func labels() throws {
    let layout = TableLayout(format: .svmlight, separator: " ", decimalMark: .point, hasHeader: false)
    func job(_ label: Column) throws -> JobFile {
      try self.job(draft([label, numbers("C2") { Double($0 % 2) }, numbers("C3") { Double($0) / 3 }], layout: layout))
    }
    let classes = try job(numbers("C1") { Double($0 % 2) * 2 - 1 })
    #expect(classes.responseColumn == "C1" && classes.columnTypes == ["C1": .enumeration])
    #expect(classes.separator == nil && classes.decimal == nil && classes.header == nil)
    #expect(try job(numbers("C1") { Double($0) / 7 }).columnTypes == ["C1": .real])
  }

  @Test("levels with commas are quoted in lists")
  func commas() throws {
    let draft = draft([numbers("a") { Double($0) / 4 }, words("y", ["Rome, IT", "Oslo"])])
    #expect(draft?.text.contains("2 levels: 'Rome, IT', Oslo") == true)
  }

  @Test("the recipe for tables is named, and the draft is valid with it; the place of the table is a comment")
  func recipe() throws {
    var draft = try #require(self.draft([numbers("a") { Double($0) / 4 }, words("y", ["u", "v"])]))
    #expect(draft.text.contains("# preset: tabular\n") && draft.text.contains("`deepspool explain preset`"))
    #expect(try job(draft).preset == nil)
    draft.placeNote = "The service opens tables in /data only."
    #expect(draft.text.contains("\ntraining_frame: data/t.csv\n# The service opens tables in /data only.\n"))
    let text = draft.text.replacing("# preset: tabular", with: "preset: tabular")
    let job = try JobFileReader.read(Array(text.utf8), file: "draft")
    #expect(job.preset == .tabular && job.optimizer == .adam)
  }
}
