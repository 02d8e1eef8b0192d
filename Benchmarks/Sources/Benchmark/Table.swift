/// A table to learn from, as a job file names it.
struct Table {
  let path: String
  let response: String
  /// Rows to measure the quality on.
  var validation: String?
  /// What else a job file has to say of it.
  var reading = ""

  /// The lines of the job file.
  var settings: String {
    var text = "training_frame: \(path)\nresponse_column: \(response)\n"
    if let validation { text += "validation_frame: \(validation)\n" }
    return text + reading
  }
}
