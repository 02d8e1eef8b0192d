import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import Planning
import Synchronization
import TestSupport
import Testing

/// Turns off one quirk at a time: each must be needed by a case of H2O, or change the result of a job.
///
/// The first test prints the effects listed in docs/development/Fidelity-measurements.md.
@Suite("Effect of each quirk")
struct QuirkEffectTests {
  /// A quirk without which a case of H2O no longer agrees.
  struct Needed: Sendable, CustomTestStringConvertible {
    let name: String
    let quirk: H2OQuirks
    let goldenCase: String

    init(_ name: String, _ quirk: H2OQuirks, in goldenCase: String) {
      (self.name, self.quirk, self.goldenCase) = (name, quirk, goldenCase)
    }

    var testDescription: String { name }
  }

  private static let needed = [
    Needed("mixedPrecision", .mixedPrecision, in: "multinomial_Tanh"),
    Needed("approximateSquareRoot", .approximateSquareRoot, in: "multinomial_Tanh"),
    Needed("momentumNeverRamps", .momentumNeverRamps, in: "momentum"),
    Needed("nesterovIsHeavyBall", .nesterovIsHeavyBall, in: "momentum"),
    Needed("annealingPerIteration", .annealingPerIteration, in: "momentum"),
    Needed("sharedDropoutMasks", .sharedDropoutMasks, in: "multinomial_TanhWithDropout"),
    Needed("droppedUnitsLearn", .droppedUnitsLearn, in: "multinomial_TanhWithDropout"),
    Needed("maxoutNormMixesChannels", .maxoutNormMixesChannels, in: "max_w2_maxout"),
    Needed("expRectifierDerivativeOfOutput", .expRectifierDerivativeOfOutput, in: "multinomial_ExpRectifier"),
    Needed("missingIsZeroInScoring", .missingIsZeroInScoring, in: "not_standardized"),
    Needed("missingIsLastLevelInTraining", .missingIsLastLevelInTraining, in: "without_first_level"),
    Needed("deviationIsApproximate", .deviationIsApproximate, in: "balance_second_draw"),
    Needed("weightsResampleRows", .weightsResampleRows, in: "weights_binomial"),
    Needed("offsetsMustBePositive", .offsetsMustBePositive, in: "offset"),
    Needed("bestModelByOddLoss", .bestModelByOddLoss, in: "stopping_lift"),
    Needed("softmaxJacobianIsDiagonal", .softmaxJacobianIsDiagonal, in: "classification_quadratic"),
    Needed("trainingContinuesFromBestModel", .trainingContinuesFromBestModel, in: "checkpoint_elastic"),
    Needed("sparseTrainingLosesInputs", .sparseTrainingLosesInputs, in: "sparse"),
    Needed("hashingSeesDroppedLevels", .hashingSeesDroppedLevels, in: "hashing_without_first_level"),
    Needed("elasticAveragingShrinksNetwork", .elasticAveragingShrinksNetwork, in: "elastic_averaging"),
    Needed("scoringMovesMeanActivations", .scoringMovesMeanActivations, in: "autoencoder_sparse_rectifier"),
    Needed("maxoutImportancesMixChannels", .maxoutImportancesMixChannels, in: "multinomial_Maxout"),
    Needed("skippedRowsLoseTheirWeight", .skippedRowsLoseTheirWeight, in: "gainslift_weights"),
    Needed("momentsAreRunning", .momentsAreRunning, in: "drawn_79"),
    Needed("heldOutRowsNeedWeight", .heldOutRowsNeedWeight, in: "cv_weights_01"),
    Needed("quantilesCountWholeRows", .quantilesCountWholeRows, in: "drawn_864"),
    Needed("levelsSortAsWords", .levelsSortAsWords, in: "drawn_2819"),
    Needed("fieldsAsImported", .fieldsAsImported, in: "drawn_4679"),
    Needed("typesByMajority", .typesByMajority, in: "untyped_68"),
    Needed("onlyEmptyLevelsAreMissing", .onlyEmptyLevelsAreMissing, in: "untyped_68"),
    Needed("limitedLevelsAreHashed", .limitedLevelsAreHashed, in: "limited_levels_of_one_row"),
    Needed("unknownClassesAreWrong", .unknownClassesAreWrong, in: "unknown_classes"),
    Needed("hitsLoseTheirWeight", .hitsLoseTheirWeight, in: "hit_ratios_weights"),
    Needed("stratifiedFoldsAreDrawn", .stratifiedFoldsAreDrawn, in: "cv_stratified"),
    Needed("foldModelsKeepTheBest", .foldModelsKeepTheBest, in: "drawn_278"),
    Needed("biasesShareRates", .biasesShareRates, in: "multinomial_Tanh"),
    Needed("penaltiesAreGradients", .penaltiesAreGradients, in: "l1_l2"),
    Needed("iterationsDrawRows", .iterationsDrawRows, in: "multinomial_Tanh"),
    Needed("responseScaleFollowsInputs", .responseScaleFollowsInputs, in: "not_standardized"),
    Needed("bestModelIsScoredAgain", .bestModelIsScoredAgain, in: "stopping_lift"),
    Needed("balancedRowsAreMeasured", .balancedRowsAreMeasured, in: "balance_second_draw"),
    Needed("tablesChooseTheirThreshold", .tablesChooseTheirThreshold, in: "bernoulli_Tanh"),
    Needed("stratifiedSamplesKeepShares", .stratifiedSamplesKeepShares, in: "score_validation_stratified_limit"),
    Needed("rmsIsDeviation", .rmsIsDeviation, in: "balance_second_draw"),
    Needed("sparsityIsPenalty", .sparsityIsPenalty, in: "autoencoder_sparse"),
    Needed("logLossRoundsProbabilities", .logLossRoundsProbabilities, in: "drawn_288"),
  ]

  @Test("without it a case of H2O does not agree", arguments: needed)
  func isNeeded(_ needed: Needed) async throws {
    let differences = try await GoldenCase(needed.goldenCase).differences(leavingOut: needed.quirk)
    let found = differences.filter { !$0.isTolerable }.map { "\($0.what) \($0.size)" }
    print("quirk: \(needed.name): \(needed.goldenCase): \(found.joined(separator: ", "))")
    #expect(!found.isEmpty)
  }

  /// A quirk whose effect no case of H2O covers: refusals, or features of the reference page alone.
  struct Shown: Sendable, CustomTestStringConvertible {
    let name: String
    let quirk: H2OQuirks
    let job: String
    /// Other quirks that are turned off: mini-batches need the engine of documentation mode.
    let without: H2OQuirks

    init(_ name: String, _ quirk: H2OQuirks, by job: String, without: H2OQuirks = []) {
      (self.name, self.quirk, self.job, self.without) = (name, quirk, job, without)
    }

    var testDescription: String { name }
  }

  private static let shown = [
    Shown(
      "badColumnsDroppedWithConstantOnes", .badColumnsDroppedWithConstantOnes,
      by: "response_column: y\nignore_const_cols: false\ncolumn_types: {c: string}"),
    Shown(
      "balancedTablesMayExceed", .balancedTablesMayExceed,
      by: "response_column: k\nbalance_classes: true\nmax_after_balance_size: 0.3"),
    Shown("isAlwaysReproducible", .isAlwaysReproducible, by: "response_column: y"),
    Shown(
      "miniBatchesHaveOneRow", .miniBatchesHaveOneRow, by: "response_column: y\nmini_batch_size: 8",
      without: .mixedPrecision),
    Shown(
      "classesNeedCrossEntropyOrQuadratic", .classesNeedCrossEntropyOrQuadratic,
      by: "response_column: k\nloss: Absolute"),
    Shown(
      "unstableTrainingFails", .unstableTrainingFails,
      by: "response_column: y\nadaptive_rate: false\nrate: 1000\nrate_annealing: 0\nactivation: Rectifier"),
  ]

  @Test("without it the result of a job changes, or the job is no longer refused", arguments: shown)
  func isShown(_ shown: Shown) async throws {
    let with = await outcome(shown.job, leavingOut: shown.without)
    let without = await outcome(shown.job, leavingOut: shown.without.union(shown.quirk))
    print("quirk: \(shown.name): \(with.prefix(200)) | \(without.prefix(200))")
    #expect(with != without)
  }

  @Test("a model that ran out of time is delivered as it is; without the quirk the best one is")
  func timeLimit() async throws {
    let samples = "\(Project.root)/Spool/samples"
    func history(leavingOut quirks: H2OQuirks) async throws -> [String] {
      let works = (0..<2).map { _ in TemporaryFolder() }
      defer { withExtendedLifetime(works) {} }
      let text = """
        training_frame: iris.csv
        response_column: Species
        compatibility: h2o-3.46
        hidden: [10]
        seed: 3
        adaptive_rate: false
        rate: 0.1

        """
      let earlier = try await Project.run(Array((text + "epochs: 2\n").utf8), frames: samples, work: works[0].path)
      // One more row, which at this rate makes the model worse.
      let more = "epochs: 4\ncheckpoint: \(earlier)\ntrain_samples_per_iteration: 1\nmax_runtime_secs: 1e-9\n"
      let result = try await Project.run(
        Array((text + more).utf8), frames: samples, work: works[1].path, leavingOut: quirks)
      return try Project.text(result, "scoring_history.csv").split(separator: "\n").map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).dropFirst(3).joined(separator: ",")
      }
    }
    let (kept, replaced) = (try await history(leavingOut: []), try await history(leavingOut: .timeLimitKeepsLastModel))
    #expect(replaced.count == kept.count + 1 && Array(replaced.dropLast()) == kept)
  }

  @Test("every quirk is in one of the lists, or has its own test")
  func areAll() {
    // `stopping_metric: r2`, limits of tweedie_power, col_major and our own keys are refused while
    // the job is read: JobFileReaderTests and HoldOutRulesTests. Tables of continued trainings:
    // RestartTests. No case has hit ratios beyond ten, or areas that 400 bins change by a
    // millionth: ModelVerdictTests, LabelThresholdTests. No case has responses beyond single
    // precision: MetricsTests. The schedule of scorings depends on the clock: StoppingTests.
    let others: [H2OQuirks] = [
      .timeLimitKeepsLastModel, .r2StopsNothing, .tweedieHasNoLimits, .hitRatiosEndAtTen, .curvesAreBinned,
      .scoreIntervalIsFixed, .responsesAreRounded, .ownTrainingKeysAreUnknown, .columnMajorIsRefused,
      .continuedTablesScaleAnew,
    ]
    let listed = Self.needed.map(\.quirk) + Self.shown.map(\.quirk) + others
    #expect(listed.reduce(H2OQuirks()) { $0.union($1) } == .all)
    #expect(listed.count == H2OQuirks.all.rawValue.nonzeroBitCount)
  }

  /// Returns the status of the layers and the warnings, or the reason for a missing result.
  private func outcome(_ job: String, leavingOut quirks: H2OQuirks) async -> String {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    let rows = (0..<120).map { row in
      "\(Double(row % 17) / 4),t\(row % 7),\(row % 3 == 0 ? "p" : "q"),\(Double(row % 17) * 3 + Double(row % 5))\n"
    }
    let warnings = Mutex<[String]>([])
    do {
      try FileSystem().write(("a,c,k,y\n" + rows.joined()).utf8, to: "\(data.path)/t.csv")
      let text = "training_frame: t.csv\ncompatibility: h2o-3.46\nhidden: [8, 5]\nseed: 3\nepochs: 2\n\(job)\n"
      let result = try await Project.run(
        Array(text.utf8), frames: data.path, work: work.path, leavingOut: quirks
      ) { event in
        guard case .warning(let text) = event else { return }
        warnings.withLock { $0.append(text) }
      }
      return try Project.text(result, "model_summary.csv") + warnings.withLock { $0 }.joined(separator: "\n")
    } catch {
      return "\(error)\n" + warnings.withLock { $0 }.joined(separator: "\n")
    }
  }
}
