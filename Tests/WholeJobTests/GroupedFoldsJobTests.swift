import DataFrames
import DeepLearning
import DurableFiles
import Foundation
import JobFiles
import Jobs
import Models
import Synchronization
import TestSupport
import Testing
import Training

@Suite("group_column in jobs")
struct GroupedFoldsJobTests {
  private static let prostate =
    "training_frame: prostate.csv\nresponse_column: CAPSULE\nignored_columns: [ID]\ncolumn_types: {CAPSULE: enum}\n"
    + "hidden: [4]\nepochs: 1\nseed: 1\ngroup_column: AGE\n"

  private func run(_ settings: String, _ work: TemporaryFolder) async throws -> (result: String, warnings: [String]) {
    let told = ToldSentences()
    let result = try await Project.run(
      Array((Self.prostate + settings).utf8), frames: "\(Project.root)/Spool/samples", work: work.path,
      onEvent: told.hear)
    return (result, told.aboutTheJob)
  }

  @Test("folds hold out whole groups, and the group column is not a predictor")
  func folds() async throws {
    let work = TemporaryFolder()
    let (result, warnings) = try await run("nfolds: 3\nkeep_cross_validation_fold_assignment: true\n", work)
    #expect(warnings.isEmpty)
    let folds = try Project.text(result, "cross_validation/fold_assignment.csv").split(separator: "\n").dropFirst()
    let ages = try Project.text("\(Project.root)/Spool/samples", "prostate.csv").split(separator: "\n").dropFirst().map
    {
      $0.split(separator: ",")[2]
    }
    #expect(folds.count == 380)
    let foldsOfAge = Dictionary(grouping: zip(ages, folds), by: \.0).mapValues { Set($0.map(\.1)) }
    #expect(foldsOfAge.count > 20 && foldsOfAge.values.allSatisfy { $0.count == 1 })
    #expect(Set(folds).count == 3)
    #expect(try !Project.model(result).encoding.inputNames.contains("AGE"))
  }

  @Test("without any division a warning is reported, and the column is still not a predictor")
  func inactive() async throws {
    let work = TemporaryFolder()
    let (result, warnings) = try await run("", work)
    #expect(warnings.contains { $0.hasPrefix("group_column has no effect: neither validation_fraction nor nfolds") })
    #expect(try !Project.model(result).encoding.inputNames.contains("AGE"))
  }
}
