/// What is wrong with a table or with the request for one.
package enum FrameError: Error, Sendable, Equatable {
  /// The file cannot be opened or read; `reason` is the system's.
  case unreadable(path: String, reason: String)
  /// Another program holds a lease on the file; it can be opened later.
  case inUse(path: String)
  /// The file has no rows.
  case empty(path: String)
  /// Unpacked, the file is larger than tables may be.
  case tooLarge(path: String, limitBytes: Int)
  /// The system has no memory for a part of the table.
  case outOfMemory(path: String, byteCount: Int)
  /// Not text: `offset` is the place of the first zero byte.
  case binary(path: String, offset: Int)
  /// Lines have more fields than the table has columns; `line` is the first of them.
  case tooManyFields(path: String, line: Int, expected: Int, count: Int)
  /// A line breaks the rules of its format.
  case malformed(path: String, line: Int, found: String, expected: String)
  /// A file of several that are one table has other columns than the first.
  case otherColumns(path: String, first: String, problem: String)
  /// A quoted field is never closed.
  case unclosedQuote(path: String, line: Int)
  /// `column_names` does not fit.
  case columnCount(path: String, expected: Int, found: Int)
  /// A column name stands twice in the header.
  case duplicateColumn(path: String, name: String)
  /// A column is named for a role, and does not exist.
  case unknownColumn(path: String, role: ColumnRole, name: String, nearest: String?)
  /// A column was declared to be a number, or a time, but holds something else.
  case notANumber(path: String, column: String, line: Int, found: String, count: Int, isTime: Bool = false)
  /// The frame cannot be used for the purpose; the text names column, rule and repair.
  case unusable(path: String, problem: String)
  /// A column is not fit for its role.
  case unfitColumn(path: String, role: ColumnRole, column: String, problem: String)
}

extension FrameError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let path, let reason): "'\(path)': cannot be read: \(reason)"
    case .inUse(let path): "'\(path)': cannot be read now: it is in use by another program, which holds a lease on it"
    case .empty(let path): "'\(path)': the table has no rows"
    case .tooLarge(let path, let limit):
      "'\(path)': has more than \(limit) bytes when unpacked; the daemon reads tables up to max_table_bytes"
    case .outOfMemory(let path, let byteCount):
      "'\(path)': there is no memory for \(byteCount) bytes of the table; use fewer columns, or a machine with more"
    case .binary(let path, let offset):
      "'\(path)': is not a text table (zero byte at offset \(offset)); give a CSV file, plain or compressed"
    case .tooManyFields(let path, let line, let expected, let count):
      "'\(path)':\(line): more than \(expected) fields (\(count) such lines); quote fields that contain the separator, "
        + "set separator, or let max_bad_fields count them"
    case .malformed(let path, let line, let found, let expected):
      "'\(path)':\(line): found \(found), expected \(expected)"
    case .otherColumns(let path, let first, let problem):
      "'\(path)': \(problem), unlike '\(first)'; files that make one table need the same columns"
    case .unclosedQuote(let path, let line): "'\(path)':\(line): a quote opens here and is never closed"
    case .columnCount(let path, let expected, let found):
      "'\(path)': has \(found) columns but column_names lists \(expected)"
    case .duplicateColumn(let path, let name):
      "'\(path)': column '\(name)' stands twice in the header; every column needs its own name"
    case .unknownColumn(let path, let role, let name, let nearest):
      "\(role.rawValue) names column '\(name)', which '\(path)' does not have"
        + (nearest.map { " (did you mean '\($0)'?)" } ?? "")
    case .notANumber(let path, let column, let line, let found, let count, let isTime):
      "'\(path)':\(line): column '\(column)' should hold \(isTime ? "times" : "numbers"), found '\(found)' (\(count) such fields); "
        + "correct the file, add the text to na_strings, or declare the column enum in column_types"
    case .unusable(let path, let problem): "'\(path)': \(problem)"
    case .unfitColumn(let path, let role, let column, let problem): "'\(path)': \(role.rawValue) '\(column)' \(problem)"
    }
  }
}
