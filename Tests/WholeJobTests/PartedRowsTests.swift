import DurableFiles
import Foundation
import TestSupport
import Testing

/// Ranks that keep only the rows of their copies, rank 0 included.
@Suite("Rows that no rank keeps all of")
struct PartedRowsTests {
  private static let prostate = """
    training_frame: prostate.csv
    model_id: m
    hidden: [6]
    seed: 1
    epochs: 10
    reproducible: true
    training_shards: 5
    replicate_training_data: false
    score_training_samples: 70

    """

  /// The model, and the metrics without times.
  private struct Result: Equatable {
    let model: [UInt8]
    let metrics: NSDictionary

    init(_ folder: String) throws {
      model = try FileSystem().read("\(folder)/\(ResultFolderLayout.modelFile)", limit: 1 << 26)
      metrics = try Project.metrics(folder) as NSDictionary
    }
  }

  @Test(
    "model and metrics are those of one process",
    arguments: [
      "response_column: VOL\noffset_column: PSA\nweights_column: AGE\ncolumn_types: {RACE: enum}\n",
      "response_column: GLEASON\ncolumn_types: {RACE: enum, DPROS: enum}\nna_strings: ['1']\n",
      "response_column: GLEASON\ncolumn_types: {RACE: enum, DPROS: enum}\nna_strings: ['1']\nuse_all_factor_levels: false\n"
        + "missing_indicators: true\n",
      "response_column: CAPSULE\ncolumn_types: {CAPSULE: enum, RACE: enum}\nna_strings: ['2']\n"
        + "missing_values_handling: Skip\nclass_weight: balanced\n",
      "response_column: CAPSULE\ncolumn_types: {CAPSULE: enum}\nignored_columns: [ID, PSA, VOL]\nmini_batch_size: 8\n",
      "response_column: CAPSULE\ncolumn_types: {CAPSULE: enum, RACE: enum, DPROS: enum}\nmax_categorical_features: 5\n",
      "response_column: CAPSULE\ncolumn_types: {CAPSULE: enum, RACE: enum}\ncategorical_encoding: Binary\n",
      "response_column: CAPSULE\ncolumn_types: {CAPSULE: enum}\nvalidation_frame: prostate.csv\nbalance_classes: true\n",
    ])
  func identity(_ settings: String) async throws {
    let folders = (0..<3).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let text = Self.prostate + settings
    var results: [Result] = []
    for (ranks, folder) in zip([1, 2, 3], folders) {
      results.append(try Result(try await RankedRun.run(text, ThreadRanks(count: ranks), folder)))
    }
    #expect(results[1] == results[0])
    #expect(results[2] == results[0])
  }
}
