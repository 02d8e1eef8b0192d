import DataFrames
import Documents
import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import TestSupport
import Testing
import Training

/// H2O's 67 validation rules (h2o-behaviour.md#validation-rules), each with a job that violates it.
@Suite("Every validation rule refuses by name")
struct ValidationRuleTests {
  struct Rule: Sendable, CustomTestStringConvertible {
    let number: Int
    let job: String
    let expected: String
    /// Replaces ``table``.
    var validation: String?

    init(_ number: Int, _ job: String, _ expected: String, validation: String? = nil) {
      self.number = number
      self.job = job
      self.expected = expected
      self.validation = validation
    }

    var testDescription: String { "E\(number): \(job)" }
  }

  /// Numbers x, z and m (with negative values), levels c, classes y and l3, weights w (0/1) and v,
  /// constant k, folds f and g.
  private static let table: String = {
    let rows = (0..<40).map { row -> String in
      let classes = ["p", "q", "r"]
      return [
        "\(Double(row % 13) / 4)", "\(row % 7)", "\(row % 5 - 2)", "l\(row % 4)", row % 3 == 0 ? "a" : "b",
        classes[row % 3], "\(row % 2)", "\(0.5 + Double(row % 4))", "7", "\(row % 3)", "\(row % 2 * 5)",
        row % 9 == 0 ? "" : "1.5", "text \(row) of no kind",
      ].joined(separator: ",")
    }
    return (["x,z,m,c,y,l3,w,v,k,f,g,gap,t"] + rows).joined(separator: "\n")
  }()

  private static let types = "column_types: {c: enum, y: enum, l3: enum, t: string}\n"

  static let rules: [Rule] = [
    Rule(1, "training_frame: null\nresponse_column: y", "training_frame is missing"),
    Rule(1, "response_column: y\nignored_columns: [x, z, m, c, l3, w, v, k, f, g, gap, t]", "no predictor is left"),
    Rule(2, "response_column: y\nignored_columns: [x, z, m, c, l3, w, v, f, g, gap, t]", "no predictor is left"),
    Rule(3, "response_column: y\nheader: true", "no row", validation: "x,z,c,y\n"),
    Rule(3, "response_column: y", "'y'", validation: "x,z,c\n1,2,l1\n"),
    Rule(3, "response_column: y", "has none of the model's columns", validation: "other,y\n1,a\n2,b\n"),
    Rule(3, "response_column: y", "no row of the validation table", validation: "x,y\n1,other\n2,another\n"),
    Rule(
      3, "response_column: y\nignored_columns: [c]", "is enum here but numeric in the model",
      validation: "x,z,y\nhigh,1,a\nlow,2,b\nlow,3,a\n"),
    Rule(4, "response_column: y\nnfolds: 1", "must be 0 or at least 2"),
    Rule(4, "response_column: y\nnfolds: -3", "must be 0 or at least 2"),
    Rule(5, "response_column: y\nnfolds: 41", "more than the 40 rows"),
    Rule(6, "response_column: y\nnfolds: 3\nfold_column: f", "nfolds cannot be combined with fold_column"),
    Rule(7, "autoencoder: true\nnfolds: 3", "is unsupported for autoencoders"),
    Rule(7, "response_column: y\nnfolds: 3\ncheckpoint: m", "checkpoint cannot be combined with cross-validation"),
    Rule(8, "response_column: y\nfold_assignment: Modulo", "fold_assignment needs nfolds"),
    Rule(9, "response_column: y\nfold_assignment: Modulo\nfold_column: f", "cannot be combined with fold_column"),
    Rule(10, "response_column: y\nfold_column: folds", "names column 'folds'"),
    Rule(10, "response_column: y\nfold_column: x", "folds must be integers"),
    Rule(10, "response_column: y\nfold_column: m", "folds must not be negative"),
    Rule(10, "response_column: y\nfold_column: k", "is constant"),
    Rule(10, "response_column: y\nfold_column: gap", "has 5 missing values"),
    Rule(10, "response_column: y\nfold_column: g", "column_types: {g: enum}"),
    Rule(10, "response_column: y\nfold_column: w\nweights_column: w", "only one role"),
    Rule(11, "training_frame: t.csv", "response_column is missing"),
    Rule(11, "response_column: nothing", "names column 'nothing'"),
    Rule(11, "response_column: t", "holds text"),
    Rule(12, "response_column: k", "is constant"),
    Rule(13, "response_column: x\nweights_column: u", "names column 'u'"),
    Rule(13, "response_column: x\nweights_column: c", "is enum, not numeric"),
    Rule(13, "response_column: x\nweights_column: gap", "has 5 missing values"),
    Rule(13, "response_column: x\nweights_column: m", "holds negative weights"),
    Rule(14, "response_column: x\noffset_column: u", "names column 'u'"),
    Rule(14, "response_column: x\noffset_column: c", "is enum, not numeric"),
    Rule(14, "response_column: x\noffset_column: gap", "has 5 missing values"),
    Rule(14, "response_column: x\noffset_column: v\nweights_column: v", "one role"),
    Rule(15, "response_column: y\noffset_column: x", "is for regression"),
    Rule(16, "response_column: x\nbalance_classes: true", "is for classification"),
    Rule(17, "response_column: y\nbalance_classes: true\nweights_column: v", "weights of 0 and 1 only"),
    Rule(17, "response_column: y\nbalance_classes: true\nweights_column: k", "weights of 0 and 1 only"),
    Rule(18, "response_column: y\nclass_sampling_factors: [1, 2]", "needs balance_classes"),
    Rule(19, "response_column: y\nbalance_classes: true\nclass_sampling_factors: [1]", "has 1 value,"),
    Rule(20, "response_column: y\nbalance_classes: true\nmax_after_balance_size: 0", "must be above 0"),
    Rule(21, "response_column: y\ncheckpoint: nowhere", "is not a finished model"),
    // E22 is the suite of restarts.
    Rule(23, "response_column: y\npretrained_autoencoder: nowhere", "is not a finished model"),
    Rule(23, "autoencoder: true\npretrained_autoencoder: m", "applies only to models with a response"),
    Rule(24, "autoencoder: true\nactivation: Maxout", "Maxout is unsupported"),
    Rule(24, "autoencoder: true\nactivation: MaxoutWithDropout", "Maxout is unsupported"),
    Rule(25, "response_column: y\nhidden: [5, 0]", "must be each at least 1"),
    Rule(26, "response_column: y\nhidden: [9000, 9000, 9000]", "weights and biases"),
    Rule(26, "response_column: y\nhidden: [9000000]", "weights and biases"),
    Rule(27, "response_column: y\nrho: 0", "must be above 0"),
    Rule(27, "response_column: y\nepsilon: 0", "must be above 0"),
    Rule(28, "response_column: y\ninput_dropout_ratio: 1", "below 1"),
    Rule(
      29, "response_column: y\nactivation: TanhWithDropout\nhidden: [3, 3]\nhidden_dropout_ratios: [0.5]",
      "has 1 value but hidden has 2 layers"),
    Rule(30, "response_column: y\nhidden_dropout_ratios: [0.5, 0.5]", "has no effect with activation Rectifier"),
    Rule(31, "response_column: y\nactivation: TanhWithDropout\nhidden_dropout_ratios: [1, 0.5]", "below 1"),
    Rule(32, "response_column: y\nl1: -1", "between 0 and"), Rule(32, "response_column: y\nl2: -1", "between 0 and"),
    Rule(33, "response_column: y\nmax_w2: 0", "above 0"),
    Rule(34, "response_column: y\ninitial_weights: [t.csv]\ninitial_biases: [t.csv]", "has 1 entries"),
    Rule(
      34, "response_column: y\ninitial_weights: [t.csv, null, null]",
      ":3:18: error: initial_weights is given without initial_biases"),
    Rule(35, "response_column: y\ninitial_weights: [t.csv]\ncheckpoint: m", "cannot be combined with checkpoint"),
    Rule(
      35, "response_column: y\nhidden: []\ninitial_weights: [none.csv]\ninitial_biases: [none.csv]", "No such file"),
    Rule(
      35, "response_column: y\nhidden: []\ninitial_weights: [t.csv]\ninitial_biases: [t.csv]",
      "has 40 rows and 13 columns"),
    Rule(36, "response_column: x\nloss: CrossEntropy", "needs a categorical response"),
    Rule(37, "autoencoder: true\nloss: CrossEntropy", "needs classes"),
    Rule(38, "response_column: y\nloss: Quantile", "needs a numeric response"),
    Rule(38, "response_column: y\nloss: Absolute\ncompatibility: h2o-3.46", "must be Automatic, CrossEntropy or"),
    Rule(39, "response_column: y\nloss: ModifiedHuber", "expected one of"),
    Rule(40, "response_column: y\ndistribution: gaussian", "gaussian needs a numeric response, but 'y' is categorical"),
    Rule(40, "response_column: l3\ndistribution: tweedie", "needs a numeric response"),
    Rule(
      41, "response_column: x\ndistribution: bernoulli", "bernoulli needs a categorical response, but 'x' is numeric"),
    Rule(41, "response_column: x\ndistribution: multinomial", "needs a categorical response"),
    Rule(42, "response_column: x\ndistribution: poisson\nloss: Quadratic", "loss must be Automatic"),
    Rule(42, "response_column: x\ndistribution: laplace\nloss: Huber", "loss must be Automatic or Absolute"),
    Rule(42, "response_column: x\ndistribution: quantile\nloss: Huber", "loss must be Automatic or Quantile"),
    Rule(42, "response_column: x\ndistribution: huber\nloss: Quadratic", "loss must be Automatic or Huber"),
    Rule(43, "response_column: x\ndistribution: quasibinomial", "expected one of"),
    Rule(44, "response_column: x\nquantile_alpha: 1.1", "between 0 and 1"),
    Rule(45, "response_column: x\ncompatibility: h2o-3.46\ntweedie_power: 2", "below 2"),
    Rule(45, "response_column: x\ntweedie_power: 0.5", "no distribution"),
    Rule(46, "response_column: x\nhuber_alpha: -0.1", "between 0 and 1"),
    Rule(46, "response_column: m\ndistribution: poisson", "needs a response of at least 0"),
    Rule(46, "response_column: m\ndistribution: gamma", "needs a response of at least 0"),
    Rule(46, "response_column: m\ndistribution: tweedie", "needs a response of at least 0"),
    Rule(47, "response_column: y\nscore_training_samples: -1", "at least 0"),
    Rule(47, "response_column: y\nscore_validation_samples: -1", "at least 0"),
    Rule(48, "response_column: y\nscore_duty_cycle: 1.5", "between 0 and 1"),
    Rule(49, "response_column: y\nstopping_rounds: -1", "between 0"),
    Rule(50, "response_column: y\nstopping_metric: deviance", "deviance is for regression"),
    Rule(51, "response_column: x\nstopping_metric: logloss", "logloss is for classification"),
    Rule(51, "response_column: x\nstopping_metric: AUC", "AUC is for classification"),
    Rule(51, "response_column: x\nstopping_metric: AUCPR", "AUCPR is for classification"),
    Rule(51, "response_column: x\nstopping_metric: lift_top_group", "is for classification"),
    Rule(51, "response_column: x\nstopping_metric: misclassification", "is for classification"),
    Rule(51, "response_column: x\nstopping_metric: mean_per_class_error", "is for classification"),
    Rule(52, "autoencoder: true\nstopping_metric: RMSE", "must be AUTO or MSE"),
    Rule(52, "response_column: y\nstopping_metric: custom", "needs a custom_metric_func"),
    Rule(52, "response_column: y\nstopping_metric: custom_increasing", "needs a custom_metric_func"),
    Rule(53, "response_column: y\nstopping_tolerance: 1", "below 1"),
    Rule(53, "response_column: y\nstopping_tolerance: -0.1", "at least 0"),
    Rule(54, "response_column: y\nmax_runtime_secs: -1", "at least 0"),
    Rule(
      55, "response_column: y\nmissing_values_handling: Skip\ntraining_frame: gaps.csv", "no row is left to train on"),
    Rule(56, "autoencoder: true\nfold_column: f", "is unsupported for autoencoders"),
    Rule(57, "autoencoder: true\nloss: cross_entropy", "needs classes"),
    Rule(58, "response_column: y\nsparse: true\nelastic_averaging: true", "cannot be combined with sparse"),
    Rule(59, "response_column: y\ncol_major: true\ncompatibility: h2o-3.46", "must be false"),
    Rule(
      60, "autoencoder: true\nactivation: Tanh\nsparsity_beta: 1\naverage_activation: 1",
      "must be above -1 and below 1"),
    Rule(60, "autoencoder: true\nsparsity_beta: 1\naverage_activation: 0", "must be above 0"),
    Rule(61, "response_column: y\nsparsity_beta: 1", "applies only to autoencoders"),
    Rule(62, "response_column: y\nmax_categorical_features: 0", "between 1"),
    Rule(63, "response_column: y\nmini_batch_size: 0", "between 1"),
    Rule(64, "response_column: y\ncategorical_encoding: Enum", "any value except Enum and OneHotExplicit"),
    Rule(64, "response_column: y\ncategorical_encoding: OneHotExplicit", "any value except Enum and OneHotExplicit"),
    Rule(64, "autoencoder: true\ncategorical_encoding: SortByResponse", "needs a response"),
    Rule(65, "response_column: y\nelastic_averaging_moving_rate: 1.5", "above 0 and at most 1"),
    Rule(65, "response_column: y\nelastic_averaging_regularization: -1", "between 0 and"),
    Rule(66, "response_column: y\nexport_checkpoints_dir: nowhere", "the folder does not exist"),
    Rule(67, "autoencoder: true\ncustom_metric_func: mean(actual)", "custom_metric_func"),
  ]

  @Test("all 67 rules are listed, except the one about restarts")
  func complete() { #expect(Set(Self.rules.map(\.number)) == Set(1...67).subtracting([22])) }

  @Test("the refusal names the parameter and the fault", arguments: rules)
  func refuses(_ rule: Rule) async throws {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    try FileSystem().write(Self.table.utf8, to: "\(data.path)/t.csv")
    try FileSystem().write("x,y\n,a\n,b\n1,\n2,\n".utf8, to: "\(data.path)/gaps.csv")
    var text = rule.job + "\nepochs: 1\n" + (rule.job.contains("hidden:") ? "" : "hidden: [3, 3]\n")
    if !text.contains("training_frame") { text = "training_frame: t.csv\n" + text }
    if !text.contains("gaps.csv") { text += Self.types }
    if let validation = rule.validation {
      try FileSystem().write(validation.utf8, to: "\(data.path)/v.csv")
      text = "validation_frame: v.csv\n" + text.replacing("k: enum, t: string", with: "")
    }
    do {
      _ = try await Project.run(Array(text.utf8), frames: data.path, work: work.path)
      Issue.record("the job ran")
    } catch {
      #expect("\(error)".contains(rule.expected), "\(error)")
      let isOfTheJob = (error as? JobFailure).map { $0.cause == .job } ?? (error is DocumentError)
      #expect(isOfTheJob, "\(error)")
    }
  }

  @Test("E12: more classes than H2O allows are refused")
  func tooManyClasses() throws {
    let count = 1_048_577
    let response = Column(
      name: "y", values: .categorical((0..<Int32(count)).map { $0 }, levels: (0..<count).map(String.init)),
      missing: RowSet())
    let predictor = Column(name: "x", values: .doubles((0..<count).map(Double.init)), missing: RowSet())
    let error = #expect(throws: FrameError.self) {
      try RowEncodingBuilder(RowEncodingBuilder.Choices()).build(
        Frame(path: "t.csv", columns: [predictor, response]), response: "y")
    }
    #expect(error.map { "\($0)".contains("1048577 classes; the maximum is 1048576") } == true)
  }
}
