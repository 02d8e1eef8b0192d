internal import JobFiles
internal import Training

/// A parameter with the value that the training used, and the origin of the value.
struct ParameterInForce {
  enum Origin: String {
    /// The job file gives the value.
    case given
    /// The preset of the job has the value.
    case preset
    /// The plan chose the value, or overruled the one in the job file.
    case chosen
    case unset = "default"
  }

  let row: any ParameterRow
  let value: String
  let origin: Origin

  /// Returns every parameter in the order of the catalogue.
  static func all(_ job: JobFile, plan: TrainingPlan) -> [ParameterInForce] {
    let chosen = Dictionary(plan.notes.resolved.map { ($0.key, $0.text) }) { _, last in last }
    return ParameterCatalogue.shared.allRows.map { row in
      let value = chosen[row.key] ?? job.text(of: row)
      let isGiven = job.isAsGiven(row) && value == job.text(of: row)
      if job.isFromPreset(row), value == job.text(of: row) {
        return ParameterInForce(row: row, value: value, origin: .preset)
      }
      let isChosen = chosen[row.key] != nil || job.isGiven(row)
      return ParameterInForce(row: row, value: value, origin: isGiven ? .given : isChosen ? .chosen : .unset)
    }
  }
}
