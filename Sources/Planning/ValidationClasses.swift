internal import DataFrames
internal import JobFiles
internal import Wording

/// The classes of the rows on which a classifier is validated.
struct ValidationClasses {
  /// With fewer rows of a class, metrics of two classes depend on chance.
  private static let fewRows = 5
  private static let namedClasses = 3

  private let classes: [String]
  /// The number of rows of each class that count: those with a weight above 0.
  private let counts: [Int]

  /// - `classes`: The classes of the model, in the order of the targets.
  init(_ rows: EncodedRows, classes: [String]) {
    self.classes = classes
    var counts = [Int](repeating: 0, count: classes.count)
    for row in 0..<rows.rowCount {
      guard !rows.targets[row].isNaN, rows.weights?[row] ?? 1 > 0 else { continue }
      counts[Int(rows.targets[row])] += 1
    }
    self.counts = counts
  }

  private var present: [Int] { counts.indices.filter { counts[$0] > 0 } }

  /// Returns a warning about rows that say little about the quality of a model; nil if there is no reason for one.
  ///
  /// `decides`: Whether such rows decide about a training all the same, as in H2O.
  func warning(_ job: JobFile, decides: Bool) -> String? {
    let present = present
    if present.count == 1 {
      let count = NumberText.count(counts[present[0]], "validation row")
      let rows = counts[present[0]] == 1 ? "the only validation row is" : "all \(count) are"
      let effect =
        decides
        ? "so their metrics say nothing about the other classes"
        : "so the training rows decide when training stops, which network is best and from which probability a class is "
          + "predicted"
      return "\(rows) of class '\(classes[present[0]])', \(effect); \(Self.remedy(job))"
    }
    let missing = classes.indices.filter { counts[$0] == 0 }.map { classes[$0] }
    guard missing.isEmpty else {
      return "no validation row is of class \(missing.quoted(atMost: Self.namedClasses)), so the metrics on these rows "
        + "say nothing about it; \(Self.remedy(job))"
    }
    guard classes.count == 2, let least = counts.indices.min(by: { counts[$0] < counts[$1] }),
      counts[least] < Self.fewRows
    else { return nil }
    let rows = counts[least] == 1 ? "only 1 validation row is" : "only \(counts[least]) validation rows are"
    return "\(rows) of class '\(classes[least])', so the metrics on these rows depend on chance; \(Self.remedy(job))"
  }

  private static func remedy(_ job: JobFile) -> String {
    let folds = "nfolds, which holds out every row once, is more reliable"
    guard job.validationFraction > 0 else { return folds }
    return job.validationSplit == .last
      ? "if the table is sorted by class, leave out validation_split, or use nfolds" : folds
  }
}
