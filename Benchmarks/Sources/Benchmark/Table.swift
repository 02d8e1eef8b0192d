/// A training table, as a job file names it.
struct Table {
  let path: String
  let response: String
  /// The test rows.
  var validation: String?
  /// Further lines of the job file.
  var reading = ""

  /// All lines of the job file.
  var settings: String {
    var text = "training_frame: \(path)\nresponse_column: \(response)\n"
    if let validation { text += "validation_frame: \(validation)\n" }
    return text + reading
  }
}
