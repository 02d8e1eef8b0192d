import DataFrames
import Testing

@Suite("Dates and times as people write them")
struct DateNotationTests {
  /// 2024-01-02 00:00 UTC in milliseconds since 1970.
  static let day = 1_704_153_600_000.0
  static let minute = 60_000.0
  static let hour = 3_600_000.0

  @Test(
    "a notation gives the right time in UTC",
    arguments: [
      ("2024-01-02", 0), ("2024/01/02", 0), ("2024.01.02", 0), ("2024-1-2", 0), ("02.01.2024", 0), ("2.1.2024", 0),
      ("02.01.24", 0),
      ("02 Jan 2024", 0), ("2 January 2024", 0), ("2. Januar 2024", 0), ("02-Jan-2024", 0), ("02-JAN-24", 0),
      ("02/Jan/2024", 0),
      ("Jan 2, 2024", 0), ("January 2, 2024", 0), ("Jan 02 2024", 0), ("2nd Jan 2024", 0), ("Tue, 02 Jan 2024", 0),
      ("2024-Jan-02", 0), ("Dienstag, 2. Januar 2024", 0), ("Montag, 2. Januar 2024", 0), ("Di 02.01.2024", 0),
      ("2 janv. 2024", 0),
      ("mardi 2 janvier 2024", 0), ("2 de enero de 2024", 0), ("2 gennaio 2024", 0),
      ("2024-01-02T03:04:05Z", 3 * hour + 4 * minute + 5000), ("2024-01-02T03:04:05+02:00", hour + 4 * minute + 5000),
      ("2024-01-02T03:04:05-0230", 5 * hour + 34 * minute + 5000),
      ("2024-01-02 03:04:05 UTC", 3 * hour + 4 * minute + 5000),
      ("2024-01-02 03:04:05+00:00", 3 * hour + 4 * minute + 5000),
      ("2024-01-02 03:04:05.678901", 3 * hour + 4 * minute + 5678),
      ("2024-01-02 03:04", 3 * hour + 4 * minute), ("2024-01-02T03:04Z", 3 * hour + 4 * minute),
      ("2024-01-02 03:04:05.5 +01", 2 * hour + 4 * minute + 5500), ("02.01.2024 15:30", 15.5 * hour),
      ("02.01.2024, 15:30:10", 15.5 * hour + 10_000),
      ("2024/01/02 3:04 PM", 15 * hour + 4 * minute), ("2024-01-02 12:00 AM", 0), ("2024-01-02 12:00 PM", 12 * hour),
      ("Tue, 02 Jan 2024 03:04:05 GMT", 3 * hour + 4 * minute + 5000),
      ("20240102T030405Z", 3 * hour + 4 * minute + 5000),
      ("2024-01-02t03:04:05z", 3 * hour + 4 * minute + 5000),
      ("02/Jan/2024:03:04:05 +0000", 3 * hour + 4 * minute + 5000),
      ("2024-01-02 03:04:05,250", 3 * hour + 4 * minute + 5250),
      ("Tue Jan  2 03:04:05 2024", 3 * hour + 4 * minute + 5000),
      ("Tue Jan 2 03:04:05 2024 +0100", 2 * hour + 4 * minute + 5000),
      ("Tue Jan 02 03:04:05 +0000 2024", 3 * hour + 4 * minute + 5000),
      ("Tue Jan  2 03:04:05 CET 2024", 2 * hour + 4 * minute + 5000),
      ("Tue Jan  2 03:04:05 PM UTC 2024", 15 * hour + 4 * minute + 5000),
      ("Tue  2 Jan 03:04:05 EST 2024", 8 * hour + 4 * minute + 5000),
      ("Di 2. Jan 03:04:05 MEZ 2024", 2 * hour + 4 * minute + 5000), ("Jan  2 2024", 0),
      ("2024-01-02 03:04:05 PDT", 10 * hour + 4 * minute + 5000),
      ("2024年1月2日", 0), ("2024年01月02日", 0), ("2024年1月2日(火)", 0), ("2024年1月2日（火） 15:30", 15.5 * hour),
      ("2024年1月2日 3時4分5秒", 3 * hour + 4 * minute + 5000), ("2024年1月2日15时30分", 15.5 * hour),
      ("2 ene 2024", 0), ("2 gen 2024", 0), ("2 janeiro 2024", 0), ("2 stycznia 2024", 0), ("2 januari 2024", 0),
      ("1. 2. 2024", 30 * 24 * hour), ("1.2.2024", 30 * 24 * hour), ("2.1.24", 0),
      ("2.1.24 5:07", 5 * hour + 7 * minute),
      ("2024-01-02 03:04 UTC+2", hour + 4 * minute), ("2024-01-02 03:04 GMT-0500", 8 * hour + 4 * minute),
      ("2024-01-02 03:04:05 +0000 UTC", 3 * hour + 4 * minute + 5000),
      ("2024-01-02T03:04:05+01:00[Europe/Berlin]", 2 * hour + 4 * minute + 5000),
      ("2024-01-02T03:04:05Z[UTC]", 3 * hour + 4 * minute + 5000),
      ("2024-01-02 3:04 p.m.", 15 * hour + 4 * minute), ("2024-01-02 3:04 a.m.", 3 * hour + 4 * minute),
      ("02.01.2024 15:30 Uhr", 15.5 * hour), ("2024-01-01 24:00:00", 0), ("2024-01-01 24:00", 0),
      ("20240102 030405", 3 * hour + 4 * minute + 5000), ("20240102 03:04:05", 3 * hour + 4 * minute + 5000),
      ("2024年1月2日 午後3時30分", 15.5 * hour), ("2024년 1월 2일", 0), ("2024년 01월 02일 오후 3시 30분", 15.5 * hour),
    ] as [(String, Double)])
  func notations(_ text: String, _ offset: Double) throws {
    let column = try readColumn([text, text, "2024-01-02"])
    #expect(column.typeName == "time")
    #expect(column.numbers == [Self.day + offset, Self.day + offset, Self.day])
  }

  @Test("a year and a month are the first of the month")
  func months() throws {
    #expect(try readColumn(["2024-01", "2024-02"]).numbers == [Self.day - 24 * Self.hour, 1_706_745_600_000])
    #expect(try readColumn(["Jan 2024", "Feb 2024"]).numbers == [Self.day - 24 * Self.hour, 1_706_745_600_000])
    for dates in [
      ["01/2024", "02/2024"], ["1-2024", "2-2024"], ["Jan-24", "Feb-24"], ["Januar 2024", "Februar 2024"],
    ] {
      #expect(try readColumn(dates).numbers == [Self.day - 24 * Self.hour, 1_706_745_600_000], "\(dates)")
    }
    #expect(try readColumn(["13/2024", "02/2024"]).typeName == "enum")
    #expect(try readColumn(["2024年1月", "2024年2月"]).numbers == [Self.day - 24 * Self.hour, 1_706_745_600_000])
  }

  @Test(
    "other words are not times",
    arguments: [
      ["May", "June"], ["2024-13-01", "2024-14-01"], ["30.02.2024", "31.02.2024"], ["1.2.10", "1.3.2"],
      ["2011-12", "2012-13"],
      ["25:00", "26:00"], ["Jan", "Feb"], ["2024W01", "2024W02"], ["Q1 2024", "Q2 2024"], ["12/2024/01", "x"],
      ["monday", "tuesday"],
      ["10-20", "20-30"], ["1/2", "3/4"], ["2024-01-02x", "2024-01-03x"], ["2024-01-02 03:04:05 EST5", "x"],
      // A zone with several meanings, a time without a year, and impossible dates.
      ["Tue Jan  2 03:04:05 CST 2024", "Tue Jan  2 03:04:06 CST 2024"], ["Jan  2 03:04:05", "Jan  3 03:04:05"],
      ["Tue Jan 32 03:04:05 2024", "Tue Jan  2 25:04:05 2024"], ["2024年13月1日", "2024年2月30日"], ["2024年度", "2025年度"],
      ["1月2日", "1月3日"],
    ])
  func words(_ fields: [String]) throws {
    #expect(try readColumn(fields).typeName == "enum")
  }

  @Test("eight digits are a number, and a date with date_format")
  func digits() throws {
    #expect(try readColumn(["20240102", "20240103"]).typeName == "int")
    let column = try readColumn(["20240102", "20240103"]) { $0.dateFormat = "yyyyMMdd" }
    #expect(column.numbers == [Self.day, Self.day + 24 * Self.hour])
  }

  @Test("the order of day and month is the one that the whole column fits")
  func order() throws {
    let table = try readTable("a,b\n01/02/2024,1\n03/02/2024,1\n24/12/2024,1\n")
    #expect(table.columns[0].numbers == [1_706_745_600_000, 1_706_918_400_000, 1_734_998_400_000])
    #expect(table.typeReasons["a"] == "all 3 fields are times, day first ('24/12/2024' in line 4)")
    #expect(table.warnings.isEmpty)
    let american = try readTable("a,b\n02/01/2024,1\n02/03/2024,1\n12/24/2024,1\n")
    #expect(american.columns[0].numbers == [1_706_745_600_000, 1_706_918_400_000, 1_734_998_400_000])
    #expect(american.typeReasons["a"] == "all 3 fields are times, month first ('12/24/2024' in line 4)")
  }

  @Test("a date that settles the order may come late")
  func lateOrder() throws {
    let early = (0..<3000).map { "0\($0 % 9 + 1)/02/2024,1\n" }.joined()
    let table = try readTable("a,b\n" + early + "24/12/2024,1\n")
    #expect(table.columns[0].typeName == "time")
    #expect(table.columns[0].missing.isEmpty)
    #expect(table.columns[0].number(at: 0) == 1_706_745_600_000)
    #expect(table.warnings.isEmpty)
  }

  @Test("dates that fit both orders are read month first, with a warning that names the key")
  func bothOrders() throws {
    let table = try readTable("a,b\n01/02/2024,1\n03/02/2024,1\n")
    #expect(table.columns[0].numbers == [Self.day, 1_709_337_600_000])
    #expect(
      table.warnings == [
        "'x.csv': column 'a': dates such as '01/02/2024' in line 2 fit both orders and are read month first; state "
          + "date_format: dd/MM/yyyy if that is wrong"
      ])
    let dashes = try readTable("a,b\n01-02-24,1\n")
    #expect(dashes.warnings.first?.contains("dd-MM-yyyy") == true)
  }

  @Test("dates that fit both orders follow the other dates of the table")
  func followers() throws {
    let table = try readTable("a,b\n01/02/2024,24/12/2024\n03/02/2024,25/12/2024\n")
    #expect(table.columns[0].numbers == [1_706_745_600_000, 1_706_918_400_000])
    #expect(table.warnings.count == 1)
    let reading = "read day first, as the other dates or the decimal commas of the table suggest"
    #expect(table.warnings.first?.contains(reading) == true)
  }

  @Test("dates that fit both orders have the day first beside decimal commas")
  func decimalCommas() throws {
    let table = try readTable("a;b\n01/02/2024;1,5\n03/02/2024;2,25\n")
    #expect(table.columns[0].numbers == [1_706_745_600_000, 1_706_918_400_000])
    #expect(table.columns[1].numbers == [1.5, 2.25])
    #expect(table.warnings.count == 1)
    #expect(table.warnings.first?.contains("state date_format: MM/dd/yyyy if that is wrong") == true)
    let points = try readTable("a;b\n01/02/2024;1.5\n03/02/2024;2.25\n")
    #expect(points.columns[0].numbers == [Self.day, 1_709_337_600_000])
  }

  @Test("a stated format is obeyed, for a column or the table")
  func stated() throws {
    let text = "a,b\n01/02/2024,02/01/2024\n03/02/2024,02/03/2024\n"
    let column = try readTable(text) { $0.dateFormats = ["a": "dd/MM/yyyy"] }
    #expect(column.columns[0].numbers == [1_706_745_600_000, 1_706_918_400_000])
    #expect(column.columns[1].numbers == [1_706_745_600_000, 1_706_918_400_000])
    #expect(column.typeReasons["a"] == "declared in date_format")
    let table = try readTable(text) { $0.dateFormat = "dd/MM/yyyy" }
    #expect(table.columns[0].numbers == [1_706_745_600_000, 1_706_918_400_000])
    #expect(table.columns[1].numbers == [Self.day, 1_709_337_600_000])
    #expect(table.warnings.isEmpty)
  }

  @Test(
    "the letters of a format have the meaning that they have in Java and strptime",
    arguments: [
      ("dd/MM/yyyy", "02/01/2024", 0), ("d.M.yy", "2.1.24", 0), ("yyyyMMdd", "20240102", 0),
      ("ddMMyyyy", "02012024", 0),
      ("yyyy-MM-dd'T'HH:mm:ss", "2024-01-02T03:04:05", 3 * hour + 4 * minute + 5000),
      ("yyyy-MM-dd HH:mm:ss.SSS", "2024-01-02 03:04:05.250", 3 * hour + 4 * minute + 5250),
      ("yyyy-MM-dd'T'HH:mm:ssXXX", "2024-01-02T03:04:05+02:00", hour + 4 * minute + 5000),
      ("MM/dd/yyyy hh:mm a", "01/02/2024 03:04 PM", 15 * hour + 4 * minute), ("dd MMM yyyy", "02 Jan 2024", 0),
      ("MMMM d, yyyy", "January 2, 2024", 0), ("EEE, dd MMM yyyy", "Tue, 02 Jan 2024", 0),
      ("yyyyMMddHHmm", "202401020304", 3 * hour + 4 * minute),
      ("%d/%m/%Y", "02/01/2024", 0), ("%Y%m%d", "20240102", 0),
      ("%Y-%m-%dT%H:%M:%S", "2024-01-02T03:04:05", 3 * hour + 4 * minute + 5000),
      ("%b %d %Y", "Jan 02 2024", 0), ("yyyy年MM月dd日", "2024年01月02日", 0),
      ("yyyy/M/d H:mm", "2024/1/2 3:04", 3 * hour + 4 * minute),
      ("dd.MM.yyyy HH:mm 'Uhr'", "02.01.2024 15:30 Uhr", 15.5 * hour),
    ] as [(String, String, Double)])
  func letters(_ format: String, _ text: String, _ offset: Double) throws {
    let column = try readColumn([text, "?"]) { $0.dateFormats = ["a": format] }
    #expect(column.typeName == "time")
    #expect(column.numbers == [Self.day + offset, nil])
  }

  @Test("an invalid format is an error that shows valid ones", arguments: ["", "gibberish", "%q", "dd/MM", "'open"])
  func invalidFormat(_ format: String) {
    let error = #expect(throws: FrameError.self) { try readColumn(["1", "2"]) { $0.dateFormat = format } }
    #expect("\(error.map { "\($0)" } ?? "")".contains("date_format '\(format)'"))
  }

  @Test("a field that does not fit a column's stated format is an error")
  func misfit() {
    #expect(throws: FrameError.self) {
      try readColumn(["01/13/2024", "02/01/2024"]) { $0.dateFormats = ["a": "dd/MM/yyyy"] }
    }
  }

  @Test("a date attribute of an ARFF file is read in its own format")
  func arff() throws {
    let text =
      "@relation r\n@attribute d date \"dd/MM/yyyy HH:mm\"\n@attribute e date\n@data\n\"02/01/2024 03:00\",2024-01-02\n"
    let table = try readTable(text)
    #expect(table.columns[0].numbers == [Self.day + 3 * Self.hour])
    #expect(table.columns[1].numbers == [Self.day])
    #expect(table.typeReasons == ["d": "declared in the file", "e": "declared in the file"])
  }

  @Test("months have their usual names and abbreviations in ten languages")
  func monthNames() throws {
    let languages = [
      "ene feb mar abr may jun jul ago sep oct nov dic",
      "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
      "gen feb mar apr mag giu lug ago set ott nov dic",
      "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
      "jan fev mar abr mai jun jul ago set out nov dez",
      "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
      "jan feb mrt apr mei jun jul aug sep okt nov dec",
      "januari februari maart april mei juni juli augustus september oktober november december",
      "sty lut mar kwi maj cze lip sie wrz paź lis gru",
      "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
      "januari februari mars april maj juni juli augusti september oktober november december",
      "januar februar mars april mai juni juli august september oktober november desember",
      "janv févr mars avr mai juin juil août sept oct nov déc",
      "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    ]
    let months = try readColumn((1...12).map { "2024-\($0 < 10 ? "0" : "")\($0)-05" }).numbers
    for language in languages {
      let names = language.split(separator: " ")
      #expect(try readColumn(names.map { "5 \($0) 2024" }).numbers == months, "\(language)")
    }
  }

  @Test("three short numbers with points are dates, with a warning if all of them may be versions")
  func versions() throws {
    let versions = try readTable("a;b\n2.1.24;1\n5.1.23;2\n")
    #expect(versions.columns[0].isTime)
    #expect(
      versions.warnings == [
        "'x.csv': column 'a': '2.1.24' in line 2 and all others are read as dates, day first; declare the column enum if "
          + "they are numbers of versions"
      ])
    #expect(try readTable("a;b\n2.1.24;1\n15.11.23;2\n").warnings.isEmpty)
    #expect(try readTable("a;b\n5.1.23 9:00;1\n6.1.23 10:00;2\n").warnings.isEmpty)
    #expect(try readColumn(["1.2.10", "1.2.9", "2.0.1"]).typeName == "enum")
  }
}
