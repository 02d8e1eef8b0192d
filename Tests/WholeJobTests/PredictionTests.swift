import DataFrames
import Documents
import DurableFiles
import JobEvents
import JobFiles
import Jobs
import Synchronization
import TestSupport
import Testing
import Training

@Suite("Predictions and early finishing")
struct PredictionTests {
  private static let samples = "\(Project.root)/Spool/samples"

  private func train(_ work: TemporaryFolder) async throws -> String {
    try await Project.run(
      Array("training_frame: iris.csv\nresponse_column: Species\nhidden: [5, 4]\nepochs: 5\nseed: 3\n".utf8),
      frames: Self.samples, work: work.path)
  }

  @Test("a job predicts as the model does, also for several files and with a MOJO")
  func job() async throws {
    let work = TemporaryFolder()
    let model = try await train(work)
    let expected = try Project.predict(model, "\(Self.samples)/iris.csv")
    let again = TemporaryFolder()
    let job = "kind: predict\nmodel: \(model)\nframe: [iris.csv, iris.csv]\n"
    let result = try await Project.run(Array(job.utf8), frames: Self.samples, work: again.path)
    let text = try Project.text(result, "predictions.csv")
    let body = expected.drop { $0 != "\n" }.dropFirst()
    #expect(text == expected + body)
    let folder = TemporaryFolder()
    for name in ["1.csv", "2.csv"] {
      try FileSystem().makeFolder("\(folder.path)/parts")
      let bytes = try FileSystem().read("\(Self.samples)/iris.csv", limit: 1 << 20)
      try FileSystem().write(bytes, to: "\(folder.path)/parts/\(name)")
    }
    let ofFolder = try await Project.run(
      Array("kind: predict\nmodel: \(model)\nframe: parts\n".utf8), frames: folder.path, work: TemporaryFolder().path)
    #expect(try Project.text(ofFolder, "predictions.csv") == text)
    #expect(try FileSystem().list(result) == ["events.jsonl", "job.yaml", "predictions.csv", "report.html"])
  }

  @Test("a table is read as the model's tables were: under h2o-3.46 long numbers are H2O's")
  func longNumbers() async throws {
    let (data, work, again) = (TemporaryFolder(), TemporaryFolder(), TemporaryFolder())
    // H2O reads all of these with an error of one unit in the last place.
    let numbers = ["0.10218585774973261", "0.9084286103732507", "0.0018128091841106806", "1.8881690461127185"]
    let rows = (0..<40).map { "\(numbers[$0 % 4]),\($0 % 4)\n" }.joined()
    try FileSystem().write(("a,y\n" + rows).utf8, to: "\(data.path)/t.csv")
    let job = "training_frame: t.csv\nresponse_column: y\nhidden: [3]\nseed: 1\ncompatibility: h2o-3.46\n"
    let model = try await Project.run(Array(job.utf8), frames: data.path, work: work.path)
    let prediction = "kind: predict\nmodel: \(model)\nframe: t.csv\n"
    let result = try await Project.run(Array(prediction.utf8), frames: data.path, work: again.path)
    #expect(try Project.text(result, "predictions.csv") == Project.predict(model, "\(data.path)/t.csv"))
  }

  @Test("times are read as in training")
  func times() async throws {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    let rows = (1...60).map { "2026-01-\(10 + $0 % 20) 07:\(10 + $0 % 50):00,\($0 % 20)\n" }
    try FileSystem().write(("t,y\n" + rows.joined()).utf8, to: "\(data.path)/t.csv")
    let result = try await Project.run(
      Array("training_frame: t.csv\nresponse_column: y\nhidden: [4]\nepochs: 20\nseed: 1\n".utf8), frames: data.path,
      work: work.path)
    try FileSystem().write("t\n2026-01-11\n11-Jan-26\n2026-01-29\n".utf8, to: "\(data.path)/new.csv")
    let job = "kind: predict\nmodel: \(result)\nframe: new.csv\n"
    let predicted = try await Project.run(Array(job.utf8), frames: data.path, work: TemporaryFolder().path)
    let lines = try Project.text(predicted, "predictions.csv").split(separator: "\n")
    #expect(lines[1] == lines[2] && lines[1] != lines[3])
  }

  @Test("rows are predicted without weights and responses, whether or not the table has them")
  func weights() async throws {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    let rows = (1...60).map { "\($0 % 17),\($0 % 3),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    try FileSystem().write(("x,w,y\n" + rows).utf8, to: "\(data.path)/t.csv")
    try FileSystem().write(("x\n" + rows.replacing(/,.*/, with: "")).utf8, to: "\(data.path)/x.csv")
    let model = try await Project.run(
      Array("training_frame: t.csv\nresponse_column: y\nweights_column: w\nhidden: [4]\nseed: 1\n".utf8),
      frames: data.path, work: work.path)
    let warnings = Mutex<[String]>([])
    var texts: [String] = []
    for (frame, more) in [("t.csv", ""), ("x.csv", ""), ("t.csv", "rename_levels: {y: {b: new}}\n")] {
      let job = "kind: predict\nmodel: \(model)\nframe: \(frame)\n\(more)"
      let again = TemporaryFolder()
      let result = try await Project.run(Array(job.utf8), frames: data.path, work: again.path) { event in
        if case .warning(let text) = event { warnings.withLock { $0.append(text) } }
      }
      texts.append(try Project.text(result, "predictions.csv"))
    }
    #expect(warnings.withLock { $0 }.isEmpty)
    #expect(Set(texts).count == 1)
  }

  @Test("deep features have a column per unit; outputs that a model lacks are refused by name")
  func wanted() async throws {
    let work = TemporaryFolder()
    let model = try await train(work)
    let again = TemporaryFolder()
    let base = "kind: predict\nmodel: \(model)\nframe: iris.csv\n"
    let result = try await Project.run(
      Array((base + "deep_features: 1\n").utf8), frames: Self.samples, work: again.path)
    let lines = try Project.text(result, "predictions.csv").split(separator: "\n")
    #expect(lines[0] == "DF.L2.C1,DF.L2.C2,DF.L2.C3,DF.L2.C4" && lines.count == 151)
    for (extra, expected) in [
      ("deep_features: 2\n", "hidden layers 0 to 1"), ("anomaly: true\n", "needs an autoencoder"),
    ] {
      let failure = await #expect(throws: JobFailure.self) {
        try await Project.run(Array((base + extra).utf8), frames: Self.samples, work: TemporaryFolder().path)
      }
      #expect(failure?.description.contains(expected) == true)
    }
  }

  @Test("keys that do not apply to a kind of job are refused")
  func keys() {
    for (text, expected) in [
      ("kind: predict\nframe: a.csv\n", "model is missing"), ("kind: predict\nmodel: m\n", "frame is missing"),
      ("kind: predict\nmodel: m\nframe: a.csv\nepochs: 3\n", "epochs applies only to training jobs"),
      ("training_frame: a.csv\nresponse_column: y\nmodel: m\n", "model applies only to prediction jobs"),
      ("kind: predict\nmodel: m\nframe: a.csv\nper_feature: true\n", "needs anomaly"),
    ] {
      let error = #expect(throws: DocumentError.self) { try JobFileReader.read(Array(text.utf8), file: "job.yaml") }
      #expect(error?.description.contains(expected) == true, "\(text)")
    }
  }

  @Test("a job asked to finish ends immediately with a complete result; before it has a model it cannot")
  func finishing() async throws {
    let work = TemporaryFolder()
    let job =
      "training_frame: iris.csv\nresponse_column: Species\nepochs: 1000000\nseed: 3\nscore_interval: 0\n"
      + "stopping_rounds: 0\nclassification_stop: -1\ntrain_samples_per_iteration: 1500\n"
    let request = try Project.request(Array(job.utf8), frames: Self.samples, work: work.path)
    let control = TrainingControl()
    #expect(!control.finish())
    let runner = JobRunner(request, fileSystem: FileSystem()) { event in
      if case .scored = event { _ = control.finish() }
    }
    guard case .finished(let summary) = try await runner.run(control) else {
      Issue.record("the job did not finish")
      return
    }
    #expect(summary.ending == "finished early on request" && summary.epochs < 900_000)
    #expect(FileSystem().exists("\(request.resultFolder)/report.html"))
    #expect(try Project.metrics(request.resultFolder)["logloss"] != nil)
  }
}
