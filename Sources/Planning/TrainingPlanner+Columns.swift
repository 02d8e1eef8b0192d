package import DataFrames
package import Documents
internal import JobFiles

/// The columns that a job names.
extension TrainingPlanner {
  /// Finds every fault of the columns that the job names, in the order of the job file.
  ///
  /// Planning would report only the first. A job that continues another one is checked for unknown columns only: the
  /// earlier model decides about the others.
  ///
  /// - Parameters:
  ///   - frame: The training table.
  ///   - validation: The validation table.
  ///   - seed: The seed for folds.
  /// - Returns: One fault per column and key.
  package func columnFaults(_ frame: Frame, validation: Frame?, seed: Int) -> [DocumentFault] {
    var faults: [DocumentFault] = []
    func note(_ look: () throws -> Void) {
      do { try look() } catch {
        switch error {
        case TrainingError.unfit(let found): faults += found
        case let error as FrameError: faults += [job.fault(error)].compactMap { $0 }
        default: break
        }
      }
    }
    for (role, names) in namedColumns {
      for name in names { note { _ = try frame.column(named: name, for: role) } }
    }
    if let validation, let response = job.responseColumn {
      note { _ = try validation.column(named: response, for: .response) }
    }
    guard job.checkpoint == nil else { return Self.ordered(faults) }
    let problems = encodingBuilder.problems(of: frame, response: job.responseColumn)
    faults += problems.compactMap(job.fault)
    let isResponseFit = !problems.contains { error in
      switch error {
      case .unknownColumn(_, .response, _, _, _), .unfitColumn(_, .response, _, _): true
      default: false
      }
    }
    if isResponseFit {
      note {
        let response = try response(of: frame)
        _ = try objective(response)
        _ = try ClassLoss.factors(job, response: response) { [] }
      }
    }
    if let group = job.groupColumn { note { _ = try RowGroups(frame, column: group, job: job) } }
    if job.isCrossValidated { note { _ = try FoldAssignment(frame, job: job, compatibility, seed: seed) } }
    return Self.ordered(faults)
  }

  /// The columns that the job names, by role.
  private var namedColumns: [(ColumnRole, [String])] {
    [
      (.response, [job.responseColumn].compactMap { $0 }), (.weights, [job.weightsColumn].compactMap { $0 }),
      (.offset, [job.offsetColumn].compactMap { $0 }), (.fold, [job.foldColumn].compactMap { $0 }),
      (.group, [job.groupColumn].compactMap { $0 }), (.ignored, job.ignoredColumns),
      (.declaredType, job.columnTypes.keys.sorted()), (.renamedLevels, job.renameLevels.keys.sorted()),
      (.dateFormat, job.dateFormat.ofColumn.keys.sorted()),
    ]
  }

  /// Removes duplicates: an unknown column can be found by several looks.
  private static func ordered(_ faults: [DocumentFault]) -> [DocumentFault] {
    var seen: Set<String> = []
    return faults.filter { seen.insert($0.description).inserted }.enumerated().sorted { one, other in
      let (first, second) = (one.element.location, other.element.location)
      return (first.line, first.column, one.offset) < (second.line, second.column, other.offset)
    }.map(\.element)
  }
}
