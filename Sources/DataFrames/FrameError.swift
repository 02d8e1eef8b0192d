internal import Wording

/// An error in a table, or in a request for one.
package indirect enum FrameError: Error, Sendable, Equatable {
  /// The file cannot be opened or read; `reason` comes from the system.
  case unreadable(path: String, reason: String)
  /// The file does not exist; `nearest` is the one beside it that was probably meant.
  case missing(path: String, nearest: String? = nil)
  /// Another program holds a lease on the file, which can be opened later.
  case inUse(path: String)
  /// The file has no rows.
  case empty(path: String)
  /// The unpacked file exceeds the limit for tables.
  case tooLarge(path: String, limitBytes: Int)
  /// The system has no memory for part of the table.
  case outOfMemory(path: String, byteCount: Int)
  /// A table that is too long for memory cannot be kept in a file in `folder`; `reason` comes from the system.
  case scratch(path: String, folder: String, reason: String)
  /// The file is not text; `offset` is the position of the first zero byte.
  case binary(path: String, offset: Int)
  /// The file has a format that is not read; `format` names it with its article, `advice` says what to do.
  case otherFormat(path: String, format: String, advice: String)
  /// A part of a workbook violates its format.
  case invalidWorkbook(path: String, part: String, problem: String)
  /// The workbook has no sheet with the wanted name or number.
  case unknownSheet(path: String, name: String, sheets: [String])
  /// The sheet has no values; `others` are the sheets that have some.
  case emptySheet(path: String, name: String, others: [String])
  /// Lines have more fields than the table has columns; `line` is the first such line.
  case tooManyFields(path: String, line: Int, expected: Int, count: Int)
  /// Quoted fields have text behind the closing quote; `line` is the first such line.
  case strayText(path: String, line: Int, count: Int)
  /// A line violates its format.
  case malformed(path: String, line: Int, found: String, expected: String)
  /// The columns of a file differ from those of the first file of the same table.
  case otherColumns(path: String, first: String, problem: String)
  /// A quoted field is never closed.
  case unclosedQuote(path: String, line: Int)
  /// `column_names` does not match the number of columns.
  case columnCount(path: String, expected: Int, found: Int)
  /// A stated key does not fit the text of the table.
  case contradicted(path: String, ContradictedKey)
  /// A column name appears twice in the header.
  case duplicateColumn(path: String, name: String)
  /// A role names a column that does not exist.
  ///
  /// `doubt`: The stated key that the text contradicts, which may be the reason.
  case unknownColumn(path: String, role: ColumnRole, name: String, nearest: String?, doubt: ContradictedKey? = nil)
  /// A column was declared numeric, or a time, but holds something else.
  ///
  /// `isFixed`: True if a model or another table determines the type, so that no key changes it.
  case notANumber(
    path: String, column: String, line: Int, found: String, count: Int, isTime: Bool = false, isFixed: Bool = false)
  /// The table cannot be used for its purpose; `problem` names the column, the rule and the remedy.
  case unusable(path: String, problem: String)
  /// Several errors, found in one reading.
  case several([FrameError])
  /// A column is unsuitable for its role.
  case unfitColumn(path: String, role: ColumnRole, column: String, problem: String)
}

extension FrameError {
  /// Returns one error for all of `errors`; nil if there is none.
  static func joined(_ errors: [FrameError]) -> FrameError? { errors.count > 1 ? .several(errors) : errors.first }

  /// The errors that were found.
  package var parts: [FrameError] { if case .several(let errors) = self { errors } else { [self] } }
}

extension FrameError: CustomStringConvertible {
  /// The message for readers who state keys in the job file that names the table.
  package var description: String { description(for: .jobFile) }

  /// Returns the message for readers who state keys at `keys`.
  package func description(for keys: KeyPlace) -> String {
    let place = keys.words
    return switch self {
    case .unreadable(let path, let reason): "cannot read '\(path)': \(reason)"
    case .missing(let path, let nearest):
      "cannot read '\(path)': No such file or directory" + (nearest.map { " (did you mean '\($0)'?)" } ?? "")
    case .inUse(let path): "cannot read '\(path)' now: it is in use by another program, which holds a lease on it"
    case .empty(let path): "'\(path)': the table has no rows"
    case .tooLarge(let path, let limit):
      "'\(path)': exceeds \(limit) bytes when unpacked; the daemon's max_table_bytes sets the limit"
    case .outOfMemory(let path, let byteCount):
      "'\(path)': out of memory (\(byteCount) bytes needed); use fewer columns, or a machine with more memory"
    case .scratch(let path, let folder, let reason):
      "'\(path)': cannot be kept in a file in '\(folder)': \(reason); its columns need as much room there as in memory: free "
        + "some, or list columns in skipped_columns\(place)"
    case .binary(let path, let offset):
      "'\(path)' is neither a text table (zero byte at offset \(offset)) nor of another format that is supported; use a "
        + "CSV file, plain or compressed, or an Excel workbook, a Parquet, ARFF or SVMLight file"
    case .otherFormat(let path, let format, let advice): "'\(path)' is \(format), which is not supported; \(advice)"
    case .invalidWorkbook(let path, let part, let problem):
      "'\(path)': the workbook's part '\(part)' is invalid: \(problem); open and save the file with a spreadsheet program"
    case .unknownSheet(let path, let name, let sheets):
      "'\(path)': the workbook has no sheet '\(name)'"
        + (NearestWord.find(name, among: sheets).map { " (did you mean '\($0)'?)" } ?? "")
        + "; state sheet\(place): one of \(SheetChoice.list(sheets)), or its number from 1"
    case .emptySheet(let path, let name, let others):
      "'\(path)': sheet '\(name)' is empty"
        + (others.isEmpty ? "" : "; state sheet\(place): one with values, such as \(SheetChoice.list(others))")
    case .tooManyFields(let path, let line, let expected, let count):
      "'\(path)':\(line): more than \(NumberText.count(expected, "field")) (\(NumberText.count(count, "such line"))); "
        + "quote fields that contain the separator, or state separator, comment, skip_lines or a larger max_bad_fields\(place)"
    case .strayText(let path, let line, let count):
      "'\(path)':\(line): text follows a closing quote (\(NumberText.count(count, "such field"))); "
        + "double the quotes inside quoted fields, or state a larger max_bad_fields\(place)"
    case .malformed(let path, let line, let found, let expected):
      "'\(path)':\(line): found \(found), expected \(expected)"
    case .otherColumns(let path, let first, let problem):
      "'\(path)': \(problem), unlike '\(first)'; files that form one table need the same columns"
    case .unclosedQuote(let path, let line):
      "'\(path)':\(line): a quote opens here and is never closed, or only in another record"
    case .columnCount(let path, let expected, let found):
      "'\(path)': has \(NumberText.count(found, "column")) but column_names lists \(expected)"
    case .contradicted(let path, let found): "'\(path)': \(found.sentence)"
    case .duplicateColumn(let path, let name):
      "'\(path)': column '\(name)' appears twice in the header; rename one of them"
    case .unknownColumn(let path, let role, let name, let nearest, let doubt):
      "\(role.rawValue) names column '\(name)', which '\(path)' does not have"
        + (nearest.map { " (did you mean '\($0)'?)" } ?? "") + (doubt.map { "; \($0.sentence)" } ?? "")
    case .notANumber(let path, let column, let line, let found, let count, let isTime, let isFixed):
      "'\(path)':\(line): column '\(column)' should hold \(isTime ? "times" : "numbers"), found '\(found)' "
        + "(\(NumberText.count(count, "such field"))); "
        + Self.misfitAdvice(found, isTime: isTime, isFixed: isFixed, place)
    case .several(let errors): errors.map { $0.description(for: keys) }.joined(separator: "\n")
    case .unusable(let path, let problem): "'\(path)': \(problem)"
    case .unfitColumn(let path, let role, let column, let problem): "'\(path)': \(role.rawValue) '\(column)' \(problem)"
    }
  }

  /// Returns what to do about a text among numbers or times.
  private static func misfitAdvice(_ found: String, isTime: Bool, isFixed: Bool, _ place: String) -> String {
    if !isTime, let unit = UnitNumber(found)?.unit {
      return "remove '\(unit)' from the fields"
        + (isFixed ? "" : ", or declare the column enum in column_types\(place)")
    }
    return isFixed
      ? "correct the file, or add the text to na_strings\(place)"
      : "correct the file, add the text to na_strings, or declare the column enum in column_types\(place)"
  }
}
