internal import Documents

/// Validation rules for keys and values that change a model in a way that H2O does not support.
enum CompatibilityRules {
  /// Returns a fault for each such key and value of a job with `compatibility: h2o-3.46`.
  static func faults(of job: JobFile) -> [DocumentFault] {
    guard job.followsH2O else { return [] }
    return ParameterCatalogue.shared.allRows.compactMap { row in
      if row.traits.contains(.unknownToH2O) {
        return job.text(of: row) == row.defaultText ? nil : job.fault(row, unsupported("is", orAs: "remove it"))
      }
      guard let choice = job.givenChoice(of: row), !choice.isKnownToH2O else { return nil }
      return job.fault(row, unsupported("\(choice.text) is", orAs: "choose another"))
    }
  }

  private static func unsupported(_ subject: String, orAs advice: String) -> String {
    "\(subject) unsupported in H2O 3.46; \(advice), or use compatibility: documentation"
  }
}
