/// Where the reader of a message about a table states the keys for reading tables that the message advises.
///
/// Such keys are of job files. A command without a job file takes them from one that an option names.
package enum KeyPlace: Sendable, Equatable {
  /// In the job file that names the table, which needs no mention.
  case jobFile
  /// In a job file for an option such as `--read-like`; `file` is the one that was given.
  case option(String, file: String?)
  /// In a job file that is still to be written, because no option takes one.
  case newFile

  /// The words that follow an advised key: nothing, ` in a job file for --read-like`, ` in 'job.yaml' (--read-like)`.
  package var words: String {
    switch self {
    case .jobFile: ""
    case .option(let option, nil): " in a job file for \(option)"
    case .option(let option, let file?): " in '\(file)' (\(option))"
    case .newFile: " in a job file that you write"
    }
  }
}
