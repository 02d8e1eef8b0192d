import Documents
import JobFiles
import Testing

@Suite("Rules of recipes")
struct RecipeRulesTests {
  private func faults(_ text: String) throws -> [String] {
    let job = "training_frame: t.csv\nresponse_column: y\n\(text)\n"
    return try JobFileReader.check(Array(job.utf8), file: "job.yaml").faults.map(\.description)
  }

  @Test(
    "ingredients that H2O lacks are refused under h2o-3.46, each at its key",
    arguments: [
      ("activation: Mish", "activation Mish is unsupported in H2O 3.46"),
      ("activation: SELUWithDropout", "activation SELUWithDropout is unsupported in H2O 3.46"),
      ("optimizer: Adam", "optimizer Adam is unsupported in H2O 3.46"),
      ("adaptive_rate: false\nrate_schedule: Cosine", "rate_schedule Cosine is unsupported in H2O 3.46"),
      ("label_smoothing: 0.1", "label_smoothing is unsupported in H2O 3.46"),
      ("numeric_transform: RobustClip", "numeric_transform is unsupported in H2O 3.46"),
      ("input_scaling: true", "input_scaling is unsupported in H2O 3.46"),
      ("zero_initial_output: true", "zero_initial_output is unsupported in H2O 3.46"),
      ("parametrization: NeuralTangent", "parametrization is unsupported in H2O 3.46"),
    ])
  func compatibility(_ text: String, _ expected: String) throws {
    let found = try faults("\(text)\ncompatibility: h2o-3.46")
    #expect(found.count == 1 && found[0].contains(expected), "\(found)")
    #expect(found.allSatisfy { $0.contains("compatibility: documentation") })
  }

  @Test(
    "ingredients that do not suit each other are refused",
    arguments: [
      ("label_smoothing: 0.1\nloss: Quadratic", "label_smoothing needs the loss CrossEntropy"),
      ("input_scaling: true", "input_scaling needs optimizer: Adam"),
      (
        "input_scaling: true\noptimizer: Adam\nelastic_averaging: true",
        "input_scaling cannot be combined with elastic_averaging"
      ),
    ])
  func unsuited(_ text: String, _ expected: String) throws {
    let found = try faults(text)
    #expect(found.count == 1 && found[0].contains(expected), "\(found)")
  }

  @Test("the whole recipe is accepted")
  func accepted() throws {
    let found = try faults(
      """
      optimizer: adam
      beta1: 0.9
      beta2: 0.95
      rate: 0.04
      rate_schedule: coslog4
      numeric_transform: robust_clip
      label_smoothing: 0.1
      parametrization: neural_tangent
      bias_rate_factor: 0.1
      input_scaling: true
      zero_initial_output: true
      activation: selu
      mini_batch_size: 256
      """)
    #expect(found.isEmpty, "\(found)")
  }

  @Test("the models of a grid have the values of the preset that suit their own keys")
  func gridWithPreset() throws {
    let text = """
      training_frame: t.csv
      response_column: y
      preset: tabular
      grid:
        hyper_params:
          optimizer: [Adam, ADADELTA]
      """
    var job = try JobFileReader.read(Array(text.utf8), file: "job.yaml")
    job.applyPreset(for: .number)
    let models = [[0], [1]].map { job.combination($0) }
    #expect(models.map(\.inputScaling) == [true, false])
    #expect(models.map(\.parametrization) == [.neuralTangent, .standard])
    #expect(models.map(\.activation) == [.mish, .mish])
    #expect(ParameterRules.faults(of: models[1]).isEmpty)
  }
}
