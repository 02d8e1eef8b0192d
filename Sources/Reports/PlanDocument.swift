internal import DataFrames
internal import DeepLearning
internal import Documents
package import JobFiles
internal import Planning
package import Training

/// `plan.yaml`: every parameter with its value in force and the origin of the value.
package enum PlanDocument {
  /// - Parameters:
  ///   - job: The job with the settings in force.
  ///   - plan: The plan that resulted from them.
  ///   - heldOut: The sentence about the division of the training table; nil without one.
  ///   - warnings: All warnings about the model and its tables.
  /// - Returns: The text of the file.
  package static func text(
    _ job: JobFile, plan: TrainingPlan, heldOut: String? = nil, warnings: [String]
  ) -> String {
    var lines = ["# All parameters in force. given: by the job file; preset: by its preset; chosen: by deepspool."]
    for parameter in ParameterInForce.all(job, plan: plan) {
      let (row, text) = (parameter.row, parameter.value)
      let note = row.key == ParameterCatalogue.shared.classSamplingFactors.key ? factors(job, plan) : ""
      let isPlain = parameter.origin != .unset || row.defaultText == text
      lines.append(
        "\(row.key): \(isPlain && !needsQuotes(text) ? text : DocumentText.quoted(text))  "
          + "# \(parameter.origin.rawValue)\(note)")
    }
    let topology = plan.topology
    lines.append(
      "# network: \(topology.units.map(String.init).joined(separator: "-")), "
        + "\(topology.parameterCount) weights and biases")
    if let heldOut { lines.append("# validation: \(heldOut)") }
    lines += warnings.map { "# warning: \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Returns the assignment of the given factors to classes, for a comment; line ends in names are removed.
  private static func factors(_ job: JobFile, _ plan: TrainingPlan) -> String {
    guard job.isGiven(\.classSamplingFactors), let classes = plan.encoding.classes,
      let assignment = try? ClassFactorAssignment(
        job.classSamplingFactors, classes: classes, response: plan.encoding.response.name ?? "")
    else { return "" }
    return " (\(assignment.description.replacing("\n", with: " ")))"
  }

  /// Notes such as "the job's id" are not values and therefore are quoted.
  private static func needsQuotes(_ text: String) -> Bool {
    text.contains(" ") && !text.hasPrefix("[") && !text.hasPrefix("{") && !text.hasPrefix("\"")
  }
}
