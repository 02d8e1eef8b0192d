import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import Models
import Synchronization
import TestSupport
import Testing
import Training

@Suite("Jobs and their tables")
struct JobTablesTests {
  private static let samples = "\(Project.root)/Spool/samples"

  @Test("probabilities in a metric need classes; a huge response is not an index")
  func metricOfRegression() async throws {
    let table = "x,y\n" + (0..<30).map { "\($0 % 7),\($0 == 3 ? "1e300" : "\($0)")" }.joined(separator: "\n")
    do {
      _ = try await Project.metric(
        "custom", of: "response_column: y\ncustom_metric_func: mean(p_actual)\n", table: table)
      Issue.record("the job ran")
    } catch {
      #expect("\(error)".contains("uses a class probability"), "\(error)")
    }
  }

  @Test("a job on sparse rows trains the same model as on the dense table, also with batches and predictions")
  func sparseRows() async throws {
    let data = TemporaryFolder()
    let (width, rows) = (300, 400)
    var (svm, csv) = ("", (1...width + 1).map { "C\($0)" }.joined(separator: ",") + "\n")
    for row in 0..<rows {
      let named = [1 + row * 7 % 150, 151 + row * 11 % 149, 300]
      let label = row * 7 % 150 < 75 ? 1 : -1
      svm += "\(label)" + named.map { " \($0):\(1 + row % 4)" }.joined() + "\n"
      csv += "\(label)," + (1...width).map { named.contains($0) ? "\(1 + row % 4)" : "0" }.joined(separator: ",") + "\n"
    }
    try FileSystem().write(svm.utf8, to: "\(data.path)/t.svm")
    try FileSystem().write(csv.utf8, to: "\(data.path)/t.csv")
    func job(_ table: String, _ batch: Int) -> [UInt8] {
      Array(
        """
        training_frame: \(table)
        validation_frame: \(table)
        response_column: C1
        column_types: {C1: enum}
        sparse: true
        hidden: [12, 8]
        seed: 3
        epochs: 40
        reproducible: true
        mini_batch_size: \(batch)
        """.utf8)
    }
    for batch in [1, 16] {
      var predictions: [[Double]] = []
      for table in ["t.svm", "t.csv"] {
        let result = try await Project.run(
          job(table, batch), frames: data.path, work: "\(data.path)/\(table)-\(batch)")
        for other in ["t.svm", "t.csv"] {
          let (model, rows) = try Project.encoded(result, "\(data.path)/\(other)")
          predictions.append(ModelScorer(threads: 2).predict(model, rows))
        }
        #expect(try #require(try Project.metrics(result)["AUC"] as? Double) > 0.95)
      }
      #expect(predictions[0].count == 2 * rows && predictions[0] == predictions[1] && predictions[2] == predictions[3])
      // The scales of the two tables differ in the last bit, because zeros are counted instead of added.
      let largest = zip(predictions[0], predictions[2]).map { abs($0 - $1) }.max() ?? 1
      #expect(largest < 1e-3)
    }
  }

  @Test(
    "jobs that do not match their data are refused with location and advice",
    arguments: [
      (
        "response_column: Specis\n", "job.yaml:2:18: error: response_column names column 'Specis'",
        "did you mean 'Species'?"
      ),
      ("response_column: Species\nignored_columns: [Petal]\n", "ignored_columns names column 'Petal'", "does not have"),
      (
        "response_column: Species\ndistribution: gaussian\n",
        "job.yaml:3:15: error: distribution gaussian needs a numeric",
        "AUTO"
      ),
      ("response_column: Sepal.Length\nloss: CrossEntropy\n", "needs a categorical response", "column_types"),
      ("response_column: Sepal.Length\nstopping_metric: AUC\n", "AUC is for classification", "RMSE"),
      ("response_column: Species\nstopping_metric: deviance\n", "deviance is for regression", "logloss"),
      ("response_column: Species\nhidden: [9000, 9000, 9000]\n", "weights and biases", "smaller"),
      ("response_column: Species\nvalidation_frame: prostate.csv\n", "names column 'Species'", "does not have"),
      (
        "response_column: Species\ninitial_weights: [iris.csv]\ninitial_biases: [iris.csv]\n",
        "has 1 entries, but the network has 3 layers",
        "initial_weights"
      ),
      (
        "response_column: Species\nhidden: []\ninitial_weights: [iris.csv]\ninitial_biases: [iris.csv]\n",
        "'iris.csv' has 150 rows and 5 columns", "layer 1 needs 3 rows and 4 columns"
      ),
      ("response_column: Species\nvalidation_frame: none.csv\n", "none.csv", "No such file"),
      (
        "response_column: Species\nrate: 100\nadaptive_rate: false\nactivation: Rectifier\n", "unstable", "smaller rate"
      ),
    ])
  func unfit(_ text: String, _ expected: String, _ repair: String) async throws {
    let work = TemporaryFolder()
    let bytes = Array("training_frame: iris.csv\n\(text)".utf8)
    do {
      _ = try await Project.run(bytes, frames: Self.samples, work: work.path)
      Issue.record("the job ran")
    } catch {
      #expect("\(error)".contains(expected), "\(error)")
      #expect("\(error)".contains(repair), "\(error)")
    }
  }

  @Test("a validation table with other labels is refused with the labels of both sides and working advice")
  func otherLabels() async throws {
    let data = TemporaryFolder()
    let rows = (0..<20).map { ($0 * 7 % 10, $0 * 7 % 10 < 5 ? "low" : "high") }
    func table(_ end: String) -> String { "x,y\n" + rows.map { "\($0.0),\($0.1)\(end)\n" }.joined() }
    try FileSystem().write(table("").utf8, to: "\(data.path)/t.csv")
    try FileSystem().write(table(".").utf8, to: "\(data.path)/v.csv")
    let job = "training_frame: t.csv\nvalidation_frame: v.csv\nresponse_column: y\nhidden: [4]\nepochs: 2\n"
    let error = await #expect(throws: JobFailure.self) {
      try await Project.run(Array(job.utf8), frames: data.path, work: "\(data.path)/1")
    }
    #expect(
      "\(error.map { "\($0)" } ?? "")".contains(
        "its levels are 'high.', 'low.', those of the training table are 'high', 'low'; match them with rename_levels"))
    let repaired = job + "rename_levels: {y: {'high.': high, 'low.': low}}\n"
    _ = try await Project.run(Array(repaired.utf8), frames: data.path, work: "\(data.path)/2")
  }

  /// Returns a metric of a job on a table given as text.
  @Test("offsets of any sign are added; H2O ignores those below zero")
  func offsets() async throws {
    let rows = (0..<300).map { row in
      let x = Double(row % 60) / 30 - 1
      let offset = -Double((row * 37) % 11) - 1
      return "\(x),\(2 * x + offset),\(offset)"
    }
    let table = "x,y,o\n" + rows.joined(separator: "\n")
    let job = "response_column: y\nepochs: 60\nignored_columns: [o]\n"
    let without = try await Project.metric("MSE", of: job, table: table)
    let with = try await Project.metric("MSE", of: job + "offset_column: o\n", table: table)
    let ignored = try await Project.metric("MSE", of: job + "offset_column: o\ncompatibility: h2o-3.46\n", table: table)
    #expect(with < 0.05 && without > 5 && ignored > 5, "\(with) \(without) \(ignored)")
  }

  @Test("rows with larger weights count more; rows with weight 0 do not count")
  func weights() async throws {
    // The same input has both answers: the weights decide which one the model learns.
    let table =
      "x,y,w\n"
      + (0..<200).map { "\($0 % 2),\($0 % 4 < 2 ? "a" : "b"),\($0 % 4 < 2 ? 0.1 : 2)" }.joined(separator: "\n")
    let job = "response_column: y\nepochs: 30\nweights_column: w\n"
    #expect(try await Project.metric("err", of: job, table: table) <= 0.1)
    let zero = table.replacingOccurrences(of: ",0.1", with: ",0")
    #expect(try await Project.metric("nobs", of: job, table: zero) == 100)
  }

  @Test(
    "invalid weights and offsets are refused by name",
    arguments: [
      ("weights_column: y\n", "x,y\n1,2\n2,3\n", "weights_column"),
      ("weights_column: w\n", "x,y,w\n1,2,-1\n2,3,1\n", "holds negative"),
      ("weights_column: w\n", "x,y,w\n1,2,0\n2,3,0\n", "holds only zeros"),
      ("weights_column: w\n", "x,y,w\n1,2,\n2,3,1\n", "has 1 missing values"),
      ("weights_column: w\n", "x,y,w\n1,2,a\n2,3,b\n", "not numeric"),
      ("offset_column: w\nweights_column: w\n", "x,y,w\n1,2,1\n2,3,1\n", "one role"),
      ("offset_column: w\n", "x,y,w\n1,a,1\n2,b,1\n", "is for regression"),
      ("offset_column: w\n", "x,y,w\n1,2,\n2,3,1\n", "has 1 missing values"),
    ])
  func roleFaults(_ job: String, _ table: String, _ expected: String) async {
    do {
      _ = try await Project.metric("MSE", of: "response_column: y\n\(job)", table: table)
      Issue.record("the job ran")
    } catch {
      #expect("\(error)".contains(expected), "\(error)")
    }
  }

  /// The rows of the training table.
  private func trainedRows(_ job: String, _ table: String) async throws -> Int {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    try FileSystem().write(table.utf8, to: "\(data.path)/t.csv")
    let rows = Mutex(0)
    let text = "training_frame: t.csv\nseed: 1\nhidden: [10]\n\(job)"
    _ = try await Project.run(Array(text.utf8), frames: data.path, work: work.path) { event in
      if case .planned(let plan) = event { rows.withLock { $0 = plan.rowCount } }
    }
    return rows.withLock { $0 }
  }

  @Test("balanced classes are equally frequent in training, and probabilities still refer to the original table")
  func balance() async throws {
    // One row in ten is positive, independent of the inputs: the corrected probability
    // must be one in ten.
    let table = "x,y\n" + (0..<500).map { "\($0 % 7),\($0 % 10 == 0 ? "b" : "a")" }.joined(separator: "\n")
    let job = "response_column: y\nepochs: 20\nbalance_classes: true\n"
    let rows = try await trainedRows(job, table)
    #expect(abs(rows - 900) < 60)
    let smaller = try await trainedRows(job + "max_after_balance_size: 0.5\n", table)
    #expect(abs(smaller - 250) < 60)
    #expect(try await trainedRows(job + "class_sampling_factors: [1.0, 2.0]\n", table) == 550)
    // Metrics refer to the original table.
    #expect(try await Project.metric("nobs", of: job, table: table) == 500)
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    try FileSystem().write(table.utf8, to: "\(data.path)/t.csv")
    let result = try await Project.run(
      Array("training_frame: t.csv\nseed: 1\nhidden: [5]\n\(job)".utf8), frames: data.path, work: work.path)
    let positives = try Project.predict(result, "\(data.path)/t.csv").split(separator: "\n").dropFirst()
      .compactMap { $0.split(separator: ",").last.flatMap { Double($0) } }
    let mean = positives.reduce(0, +) / Double(positives.count)
    #expect(abs(mean - 0.1) < 0.05, "\(mean)")
  }

  @Test(
    "invalid balancing is refused by name",
    arguments: [
      ("response_column: x\nbalance_classes: true\n", "is for classification"),
      ("response_column: y\nclass_sampling_factors: [1, 2]\n", "needs balance_classes"),
      (
        "response_column: y\nbalance_classes: true\nclass_sampling_factors: [1, 2, 3]\n",
        "has 3 values, but 'y' has 2 classes"
      ),
      ("response_column: y\nbalance_classes: true\nmax_after_balance_size: 0\n", "must be above 0"),
      ("response_column: y\nbalance_classes: true\nweights_column: x\n", "weights of 0 and 1 only"),
    ])
  func balanceFaults(_ job: String, _ expected: String) async {
    do {
      _ = try await Project.metric("MSE", of: job, table: "x,y,z\n1,a,5\n2,b,6\n3,a,7\n")
      Issue.record("the job ran")
    } catch {
      #expect("\(error)".contains(expected), "\(error)")
    }
  }

  @Test("huber's delta is a quantile of weighted residuals")
  func weightedHuberDelta() async throws {
    // Thirty rows near 0 and two at 1000. With small weights the two are outliers; with large ones
    // they determine the mean.
    func ratio(outlierWeight: Int) async throws -> Double {
      let ordinary = (0..<30).map { "\($0),\(Double($0 % 3) / 10),1\n" }.joined()
      let table = "x,y,w\n" + ordinary + "30,1000,\(outlierWeight)\n30,1000,\(outlierWeight)\n"
      let job = "response_column: y\nweights_column: w\ndistribution: huber\nepochs: 0\n"
      let squaredError = try await Project.metric("MSE", of: job, table: table)
      return try await Project.metric("mean_residual_deviance", of: job, table: table) / squaredError
    }
    // Beyond delta the deviance grows more slowly than the square.
    let (light, heavy) = (try await ratio(outlierWeight: 1), try await ratio(outlierWeight: 1000))
    #expect(light < 0.9 && heavy < 0.9)
  }

  @Test("a table without usable rows is refused, and numbers can mean missing values")
  func nothingToTrain() async throws {
    await #expect(throws: JobFailure.self) {
      try await Project.metric(
        "MSE", of: "response_column: y\nweights_column: w\n", table: "x,y,w\n1,,1\n2,3,0\n3,4,0\n")
    }
    let rows = try await Project.metric(
      "nobs", of: "response_column: y\nna_strings: ['-999']\n", table: "x,y\n1,-999\n2,3\n3,4\n4,5\n")
    #expect(rows == 3)
  }
}
