internal import Documents

/// Keys for reading tables; prediction jobs accept them too.
package struct ReadingParameters: Sendable {
  package let columnTypes = Parameter<[String: ColumnTypeChoice]>(
    "column_types", default: [:],
    group: .reading,
    traits: [.appliesToPredictions],
    otherNames: ["dtype", "col_types", "colclasses"],
    "Types of columns, overriding detection, as in {CAPSULE: enum}.",
    details: """
      real and int both read numbers, whole or not. enum makes a column categorical; use it for class
      labels that are numbers. time reads dates such as 2026-11-24, 2026-11-24 07:30:00 or 24-Nov-26 as
      milliseconds since 1970 (UTC). Levels of an enum column, and so classes and inputs, are sorted by
      their bytes, or by size if all are numbers. With h2o-3.46 numbers are sorted as words (10 before
      9), as H2O's import sorts them.
      """)
  package let header = Parameter<Bool?>(
    "header", default: nil, defaultNote: "detected", group: .reading,
    traits: [.appliesToPredictions],
    "Whether the first line of a CSV file contains column names.",
    details: """
      By default, the first line is a header if its fields differ in kind from those below: words above
      numbers or times, years above other numbers, quoted above unquoted fields. Numbers that count up,
      such as 0, 1, 2 or 400, 410, 420, are a header above fractions or words. In a table of words, no
      name may occur below in its column. A column that the job names makes the first line a header. A
      close call produces a warning.
      """)
  package let columnNames = Parameter<[String]>(
    "column_names", default: [], defaultNote: "from the header, else C1, C2, ...", group: .reading,
    traits: [.appliesToPredictions],
    listSpelling: .names,
    otherNames: ["col_names", "names"],
    "Names of all columns, for files without a header.")
  package let separator = Parameter<String?>(
    "separator", default: nil, defaultNote: "detected",
    .given(
      ValueRule("one ASCII character, or tab, space, comma, semicolon or pipe") { (text: String) in
        ["tab", "space", "comma", "semicolon", "pipe"].contains(text)
          || (text.utf8.count == 1 && text != "\"" && text != "\n" && text != "\r" && !text.contains(where: \.isNumber))
      }),
    group: .reading,
    traits: [.appliesToPredictions],
    otherNames: ["sep", "delimiter", "delim"],
    "Character between fields: one ASCII character, or one of the words tab, space, comma, semicolon and pipe.",
    details: "Digits, double quotes and line breaks are invalid. By default, it is detected from the content.")
  package let decimal = Parameter<DecimalChoice?>(
    "decimal", default: nil, defaultNote: "detected", group: .reading,
    traits: [.appliesToPredictions],
    otherNames: ["dec", "decimal_mark", "decimal_separator", "decimal_point"],
    "Decimal mark of the numbers in a text table: '.' or ',', also written point and comma.",
    details: """
      By default, all fields of a column decide, then the other columns: beside 0,5 the number 1.234 is
      1234. A comma that separates fields is no decimal mark. If nothing decides, a warning names the
      number. Write the mark in quotes.
      """)
  package let thousands = Parameter<String?>(
    "thousands", default: nil, defaultNote: "detected",
    .given(
      ValueRule("one ASCII character that is not a digit, a letter, a sign or a double quote, or space") {
        (text: String) in
        text == "space"
          || (text.utf8.count == 1 && text.allSatisfy { $0.isPunctuation || $0.isSymbol || $0 == " " }
            && !["-", "+", "\""].contains(text))
      }),
    group: .reading,
    traits: [.appliesToPredictions],
    otherNames: ["thousands_separator", "grouping_mark", "big_mark"],
    "Character between groups of three digits, such as '.' in 1.234.567; space for a blank.",
    details: "It must differ from the decimal mark. By default, it is detected where a whole column has the form.")
  package let dateFormat = Parameter<DateFormats>(
    "date_format", default: DateFormats(), defaultNote: "detected", group: .reading,
    traits: [.appliesToPredictions],
    otherNames: ["parse_dates", "dateformat", "datetime_format", "timestampformat", "date_parser"],
    "Format of times, such as dd.MM.yyyy; or a block of columns, each with its format.",
    details: """
      The letters are those of Unicode: yyyy or yy is the year, MM the month in digits, MMM its English
      name, dd the day, HH the hour (hh from 1 to 12, with a for AM or PM), mm the minute, ss the
      second, SSS its fraction, and X a zone such as Z or +02:00; letters in single quotes and other
      characters stand for themselves. Python's %d.%m.%Y works too. Times without a zone count as UTC.
      By default, each column is read in the format that fits all of its fields. If day and month could
      be exchanged, the month comes first and a warning says so.
      """)
  package let naStrings = Parameter<[String]>(
    "na_strings", default: ["", "NA", "N/A", "NaN", "nan", "null", "?"],
    defaultNote: "the usual words for missing values", group: .reading,
    traits: [.appliesToPredictions],
    otherNames: ["na_values"],
    "Fields that count as missing.",
    details: """
      A list in the job file replaces the usual words. In every column these are empty fields, NA, N/A,
      n/a, NaN, nan, -nan, NULL, null, (null), [NULL], `<NA>`, NaT, `\\N`, ?, #N/A, #NA, and the errors
      of spreadsheets in their languages, such as #DIV/0!, #NV and #VALEUR!. Among numbers and times, in
      any case of letters, also none, nil, n.a., k.A., n.v., n/d, s/d, -, --, ., .., ..., a dash beside
      a currency, and 0000-00-00; among words these are levels. H2O 3.46 knows only empty fields, NA,
      N/A, NaN, nan, null and ?.
      """)
  package let comment = Parameter<String?>(
    "comment", default: nil, defaultNote: "only lines above the table that begin with #",
    .given(
      ValueRule("one ASCII character that is not a digit, a letter, a blank or a double quote") { (text: String) in
        text.utf8.count == 1 && text != "\"" && text.allSatisfy { $0.isPunctuation || $0.isSymbol }
      }),
    group: .reading,
    traits: [.appliesToPredictions],
    otherNames: ["comment_char", "comment_prefix"],
    "Character at the beginning of lines that are not part of the table.",
    details: "Write it in quotes: an unquoted # begins a comment of the job file itself.")
  package let skipLines = Parameter<Int>(
    "skip_lines", default: 0, .between(0, and: 1_000_000), group: .reading,
    traits: [.appliesToPredictions],
    otherNames: ["skiprows", "skip_rows", "skip", "skipinitialrows"],
    "Number of lines at the beginning of a file, or rows of a sheet, that are not part of the table.",
    details: "It counts from the beginning of each file. The header, if there is one, follows these lines.")
  package let skippedColumns = Parameter<[String]>(
    "skipped_columns", default: [], group: .reading,
    traits: [.appliesToPredictions], listSpelling: .names,
    "Columns that are not read at all.",
    details: "Unlike ignored_columns, they cost neither time nor memory and may contain anything.")
  package let maxBadFields = Parameter<Int>(
    "max_bad_fields", default: 0, .atLeast(0), group: .reading,
    traits: [.appliesToPredictions],
    "Maximum number of invalid fields or lines in a file.",
    details: """
      A field that does not match column_types is invalid and counts as missing. A line with too many
      fields is invalid and loses the extra fields. Up to the maximum, a warning names the first problem
      and gives the count. Above it, the file is rejected.
      """)
  package let renameLevels = Parameter<[String: [String: String]]>(
    "rename_levels", default: [:], group: .reading,
    traits: [.appliesToPredictions],
    "Renames levels of a column while reading, as in {income: {\"<=50K.\": \"<=50K\"}}.",
    details: "Applies to every table of the job. Use it if labels are spelled differently from one table to the next.")
  package let sheet = Parameter<String?>(
    "sheet", default: nil, defaultNote: "the first with cells", group: .reading,
    traits: [.appliesToPredictions],
    otherNames: ["sheet_name", "sheetname", "sheet_id"],
    "Sheet of an Excel workbook (.xlsx): its name, in any case, or its number, counted from 1.",
    details: "Hidden sheets count too. By default, it is the first sheet with cells.")
  package let indexBase = Parameter<Int?>(
    "index_base", default: nil, defaultNote: "0 if an index 0 occurs, else 1", .given(.between(0, and: 1)),
    group: .reading,
    traits: [.appliesToPredictions],
    otherNames: ["zero_based"],
    "Index of the first feature of an SVMLight file: 0 or 1.",
    details: "scikit-learn writes from 0, LIBSVM from 1. Column C1 is the response, and C2 the first feature.")
}
