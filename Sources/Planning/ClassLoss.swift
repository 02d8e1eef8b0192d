internal import DataFrames
internal import Documents
internal import JobFiles
internal import Wording

/// The loss factor of each class: `class_weight`, resolved for a response.
enum ClassLoss {
  /// - Parameters:
  ///   - job: The job with class_weight.
  ///   - response: The response; nil for an autoencoder.
  ///   - rows: The training rows; a row that is repeated by balancing occurs as often.
  /// - Returns: One factor per class, in the order of the classes; nil without class_weight.
  /// - Throws: ``TrainingError/unfit(_:)`` for a regression, and for names that are not classes.
  static func factors(
    _ job: JobFile, response: Column?, rows: () -> [Int]
  ) throws(TrainingError) -> [Double]? {
    guard let given = job.classWeight, let response else { return nil }
    guard let classes = response.levels else {
      throw .unfit([
        job.fault(
          \.classWeight,
          "is for classification, but '\(response.name)' is numeric; set column_types: {\(response.name): enum}, or "
            + "remove class_weight")
      ])
    }
    switch given {
    case .balanced: return balanced(response, classCount: classes.count, rows: rows())
    case .named(let weights):
      let unknown = weights.keys.filter { !classes.contains($0) }.sorted()
      guard unknown.isEmpty else { throw .unfit([unknownFault(unknown, job: job, response: response.name, classes)]) }
      return classes.map { weights[$0] ?? 1 }
    }
  }

  /// Weights n / (k * count), as in scikit-learn's `compute_class_weight`; classes without rows do
  /// not count in k.
  private static func balanced(_ response: Column, classCount: Int, rows: [Int]) -> [Double] {
    var counts = [Double](repeating: 0, count: classCount)
    for row in rows { if let number = response.level(at: row) { counts[number] += 1 } }
    let total = counts.reduce(0, +)
    let present = Double(counts.count { $0 > 0 })
    return counts.map { $0 > 0 ? total / (present * $0) : 1 }
  }

  private static let namedClasses = 20

  private static func unknownFault(
    _ unknown: [String], job: JobFile, response: String, _ classes: [String]
  ) -> DocumentFault {
    let names = unknown.prefix(namedClasses).map { "'\($0)'" }.joined(separator: ", ")
    return job.fault(
      \.classWeight,
      "names \(names), which \(unknown.count == 1 ? "is not a class" : "are not classes") of '\(response)'; its classes "
        + "are " + classes.quoted(atMost: namedClasses))
  }
}
