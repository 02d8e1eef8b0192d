import DataFrames
import DeepLearning
import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import Models
import Reports
import Synchronization
import TestSupport
import Testing
import Training

/// A job that continues an earlier one must not train on its held-out rows.
@Suite("checkpoint keeps the held-out rows")
struct HoldOutRestartTests {
  private static let samples = "\(Project.root)/Spool/samples"
  private static let division = "validation_fraction: 0.2\n"
  private static let newDivision = "new rows are held out"

  private func text(_ settings: String) -> String {
    """
    training_frame: t.csv
    response_column: CAPSULE
    ignored_columns: [ID]
    column_types: {CAPSULE: enum}
    hidden: [6]
    reproducible: true
    \(settings)
    """
  }

  /// Runs a job on the first rows of the sample table, altered by `change`.
  private func run(
    _ settings: String, _ folder: TemporaryFolder, rows: Int = 380, told: ToldSentences = ToldSentences(),
    _ change: ([Substring]) -> [Substring] = { $0 }
  ) async throws -> String {
    let lines = try Project.text(Self.samples, "prostate.csv").split(separator: "\n")
    let table = [lines[0]] + change(Array(lines.dropFirst().prefix(rows)))
    try FileSystem().makeFolder("\(folder.path)/data")
    try FileSystem().write((table.joined(separator: "\n") + "\n").utf8, to: "\(folder.path)/data/t.csv")
    return try await Project.run(
      Array(text(settings).utf8), frames: "\(folder.path)/data", work: "\(folder.path)/work", onEvent: told.hear)
  }

  private func rows(_ result: String) throws -> [Int] {
    try #require(HeldOutRows.read(result, fileSystem: FileSystem())).rows
  }

  @Test(
    "the same rows are held out, whatever seed and fraction the later job has",
    arguments: [
      "seed: 99\n", "", "seed: 99\n\(division)", "validation_split: random\n", "compatibility: h2o-3.46\nseed: 5\n",
    ])
  func kept(_ settings: String) async throws {
    let folders = (0..<3).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let mode = settings.contains("h2o") ? "compatibility: h2o-3.46\n" : ""
    let split = settings.contains("split") ? "validation_split: random\n" : ""
    let first = try await run("\(Self.division)\(mode)\(split)epochs: 1\nseed: 1", folders[0])
    let told = ToldSentences()
    let second = try await run("\(settings)epochs: 2\ncheckpoint: \(first)", folders[1], told: told)
    #expect(try rows(second) == rows(first))
    #expect(told.aboutTheJob == ["76 of 380 rows held out for validation: as in the earlier job"])
    #expect(try Project.metrics(second, "validation")["nobs"] as? Int == 76)
    // The third job finds the rows in the result of the second.
    let third = try await run("seed: 7\n\(mode)epochs: 3\ncheckpoint: \(second)", folders[2])
    #expect(try rows(third) == rows(first))
  }

  @Test("2 + 3 epochs give the bytes of 5")
  func continued() async throws {
    let folders = (0..<3).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let settings = "seed: 1\nclass_weight: balanced\n\(Self.division)"
    let whole = try await run("\(settings)epochs: 5", folders[0])
    let first = try await run("\(settings)epochs: 2", folders[1])
    let both = try await run("\(settings)epochs: 5\ncheckpoint: \(first)", folders[2])
    let models = try [whole, both, first].map {
      try FileSystem().read("\($0)/\(ResultFolderLayout.modelFile)", limit: 1 << 24)
    }
    #expect(models[0] == models[1] && models[0] != models[2])
  }

  @Test("in a longer table the rows stay held out, and some new ones are added")
  func grown() async throws {
    let folders = (0..<2).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let first = try await run("\(Self.division)epochs: 1\nseed: 1", folders[0], rows: 300)
    let told = ToldSentences()
    let second = try await run("epochs: 5\nseed: 2\ncheckpoint: \(first)", folders[1], told: told)
    #expect(try rows(second).filter { $0 < 300 } == rows(first))
    #expect(try rows(second).count { $0 >= 300 } == 16)
    #expect(
      told.aboutTheJob == [
        "76 of 380 rows held out for validation: as in the earlier job, and 16 new rows, stratified, seed 2",
        "the usable rows of the training table have changed; training continues with a new permutation of them",
      ])
  }

  @Test("if the rows cannot be found again, a warning is reported")
  func lost() async throws {
    let folders = (0..<4).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let first = try await run("\(Self.division)epochs: 1\nseed: 1", folders[0])
    let (told, shorter, silent) = (ToldSentences(), ToldSentences(), ToldSentences())
    let second = try await run("epochs: 3\nseed: 1\ncheckpoint: \(first)", folders[1], told: told) { $0.reversed() }
    #expect(told.all.contains { $0.contains(Self.newDivision) })
    #expect(try Project.text(second, "plan.yaml").contains(Self.newDivision))
    // A shorter table, and a result without the file.
    _ = try await run("epochs: 9\nseed: 1\ncheckpoint: \(first)", folders[2], rows: 200, told: shorter)
    #expect(shorter.all.contains { $0.contains(Self.newDivision) })
    try FileSystem().removeTree("\(first)/\(ResultFolderLayout.heldOutRowsFile)")
    _ = try await run("epochs: 3\nseed: 1\ncheckpoint: \(first)", folders[3], told: silent)
    #expect(silent.all.contains { $0.contains(Self.newDivision) })
  }

  @Test(
    "a different fraction or kind of split, and no split, are refused",
    arguments: [
      ("validation_fraction: 0.3\n", "validation_fraction cannot change"),
      ("validation_fraction: 0\n", "validation_fraction cannot change"),
      ("validation_split: last\n", "validation_split cannot change"),
      ("group_column: AGE\n", "group_column cannot change"),
      ("validation_frame: t.csv\n", "validation_fraction cannot change"),
    ])
  func refused(_ settings: String, _ expected: String) async throws {
    let folders = (0..<2).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let first = try await run("\(Self.division)epochs: 1\nseed: 1", folders[0])
    let failure = await #expect(throws: JobFailure.self) {
      try await run("\(settings)epochs: 2\ncheckpoint: \(first)", folders[1])
    }
    #expect(failure?.description.contains(expected) == true, "\(failure?.description ?? "")")
  }

  @Test("a model trained on all rows cannot be continued with held-out rows")
  func trainedOnAll() async throws {
    let folders = (0..<2).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let first = try await run("epochs: 1\nseed: 1", folders[0])
    let failure = await #expect(throws: JobFailure.self) {
      try await run("\(Self.division)epochs: 2\ncheckpoint: \(first)", folders[1])
    }
    #expect(failure?.description.contains("validation_fraction cannot change") == true)
  }

  @Test("group_column is inherited, and is not a predictor")
  func groups() async throws {
    let folders = (0..<2).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let first = try await run("\(Self.division)group_column: AGE\nepochs: 1\nseed: 1", folders[0])
    let second = try await run("epochs: 2\ncheckpoint: \(first)", folders[1])
    #expect(try rows(second) == rows(first))
    #expect(try Project.model(second).encoding.inputNames.allSatisfy { $0 != "AGE" })
  }
}
