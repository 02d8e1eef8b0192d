/// The content of files that the queue writes into a job's folder; nil for files that stay as they are.
package struct JobContent: Sendable, Equatable, Codable {
  /// The job file.
  package let text: String?
  /// The description of the job's data files.
  package let inputs: String?

  package init(text: String? = nil, inputs: String? = nil) {
    self.text = text
    self.inputs = inputs
  }
}
