import Models
import Reports
import TestSupport
import Testing

@Suite("Predictions as tables")
struct PredictionTableTests {
  @Test("columns have H2O's names; numbers equal those of an independent program", arguments: FixtureModel.names)
  func predictions(_ name: String) throws {
    let fixture = try FixtureModel(name)
    let text = PredictionTable.csv(fixture.model, outputs: try fixture.outputs()).text
    let difference = Cells.difference(text, fixture.predictions, tolerance: 1e-12)
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test("given labels replace the model's own")
  func givenLabels() throws {
    let fixture = try FixtureModel("multi")
    let csv = PredictionTable.csv(fixture.model, outputs: try fixture.outputs(), labels: [2, 2, 2, 1, 0, 0])
    #expect(csv.body.split(separator: "\n").map { $0.prefix(1) } == ["r", "r", "r", "q", "p", "p"])
  }

  @Test("reconstruction errors have one column, or one per input")
  func anomaly() throws {
    let model = try FixtureModel("ae").model
    #expect(PredictionTable.anomaly([0.5, 2]).text == "Reconstruction.MSE\n0.5\n2\n")
    let perFeature = PredictionTable.anomalyPerFeature(model, [[0.25, 1]])
    #expect(perFeature.text == "reconstr_x1.SE,reconstr_x2.SE\n0.25,1\n")
  }

  @Test("hidden layers and their features are numbered from 1")
  func deepFeatures() throws {
    let model = try FixtureModel("reg").model
    let csv = PredictionTable.deepFeatures(model, layer: 0, outputs: [1, 2, 3, 4, 5, 6])
    #expect(csv.text == "DF.L1.C1,DF.L1.C2,DF.L1.C3\n1,2,3\n4,5,6\n")
  }
}
