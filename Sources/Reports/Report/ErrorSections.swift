internal import Charts
internal import DataFrames
internal import Metrics
internal import Models
internal import Wording

/// The sections about the errors of a regression, or the reconstruction errors of an autoencoder.
struct ErrorSections {
  /// The number of points of a scatter plot; more would hide each other.
  static let shownPoints = 800

  private let samples: [SampledRows]
  private let response: String

  init(_ content: ReportContent) {
    samples = content.samples
    response = content.model.encoding.response.name ?? ""
  }

  var sections: [ReportPage.Section] { [fit, residuals, reconstruction] }

  private var summaries: [(SampledRows, ResidualSummary)] {
    samples.compactMap { sample in sample.residuals.map { (sample, $0) } }
  }

  private var fit: ReportPage.Section {
    var section = ReportPage.Section(id: "fit", title: "Predicted and actual values")
    guard !summaries.isEmpty else { return section }
    var charts: [ReportPage.Chart?] = summaries.map { sample, _ in
      let pairs = sample.pairs(atMost: Self.shownPoints)
      let chart = ScatterChart(
        title: "actual over predicted values, \(sample.part.name)", horizontalTitle: "predicted \(response)",
        verticalTitle: "actual \(response)", points: pairs.map { (x: $0.predicted, y: $0.actual) }, reference: .diagonal
      )
      return .init(
        caption: "\(NumberText.grouped(pairs.count)) rows, \(sample.part.name): dots on the line are predicted exactly",
        markup: chart.markup)
    }
    var means = LineChart(
      title: "mean actual value by prediction", horizontalTitle: "mean prediction of a tenth of the rows",
      verticalTitle: "mean actual value",
      series: summaries.map { sample, summary in
        .init(name: sample.part.name, points: summary.groups.map { ($0.meanPrediction, $0.meanActual) })
      })
    means.hasDiagonal = true
    charts.append(.init(caption: "Calibration: means by tenths of the predictions", markup: means.markup))
    section.charts = charts.compactMap { $0 }
    return section
  }

  private var residuals: ReportPage.Section {
    var section = ReportPage.Section(id: "residuals", title: "Residuals")
    guard let (leading, _) = summaries.last else { return section }
    section.notes = ["A residual is the actual value minus the predicted one."]
    let pairs = leading.pairs(atMost: Self.shownPoints)
    let scatter = ScatterChart(
      title: "residuals over predictions, \(leading.part.name)", horizontalTitle: "predicted \(response)",
      verticalTitle: "actual − predicted", points: pairs.map { (x: $0.predicted, y: $0.actual - $0.predicted) },
      reference: .level(0))
    let all = leading.pairs(atMost: SampledRows.maximumRows).map { $0.actual - $0.predicted }
    let histogram = HistogramChart(
      title: "distribution of residuals, \(leading.part.name)", horizontalTitle: "actual − predicted", values: all)
    let charts: [ReportPage.Chart?] = [
      .init(caption: "Residuals over predictions, \(leading.part.name)", markup: scatter.markup),
      .init(caption: "Distribution of residuals, \(leading.part.name)", markup: histogram.markup),
    ]
    section.charts = charts.compactMap { $0 }
    func row(_ name: String, _ value: (ResidualSummary) -> Double) -> ReportPage.Row {
      .init(cells: [.text(name)] + summaries.map { .number(value($0.1)) })
    }
    section.tables = [
      .init(
        caption: "Residuals by table", header: [.text("residual")] + summaries.map { .number($0.0.part.name) },
        rows: [
          row("rows") { Double($0.rowCount) }, row("mean") { $0.mean }, row("standard deviation") { $0.deviation },
        ]
          + ResidualSummary.shares.indices.map { index in
            row(Self.name(ofShare: ResidualSummary.shares[index])) { $0.quantiles[index].value }
          })
    ]
    return section
  }

  private static func name(ofShare share: Double) -> String {
    switch share {
    case 0: "smallest"
    case 0.5: "median"
    case 1: "largest"
    default: "\(ChartNumber.text(100 * share)) % are below"
    }
  }

  private var reconstruction: ReportPage.Section {
    var section = ReportPage.Section(id: "reconstruction", title: "Reconstruction errors")
    let tables = samples.compactMap { sample -> (name: String, errors: [Double])? in
      guard case .reconstruction(let errors) = sample.errors, !errors.isEmpty else { return nil }
      return (sample.part.name, errors.sorted())
    }
    guard !tables.isEmpty else { return section }
    section.notes = [
      "Mean squared difference between each row and its reconstruction, in scaled units. Rows far to the right "
        + "differ from the others."
    ]
    section.charts = tables.compactMap { name, errors in
      let histogram = HistogramChart(
        title: "distribution of reconstruction errors, \(name)", horizontalTitle: "reconstruction error",
        values: errors)
      return .init(
        caption: "\(NumberText.count(errors.count, "row")), \(name)", markup: histogram.markup)
    }
    section.tables = [
      .init(
        caption: "Reconstruction errors by table",
        header: [.text("rows with an error of at most")] + tables.map { .number($0.name) },
        rows: [0.5, 0.9, 0.95, 0.99, 1].map { share in
          .init(
            cells: [.text("\(ChartNumber.text(100 * share)) %")]
              + tables.map { table in
                let index = Int((share * Double(table.errors.count - 1)).rounded())
                return .number(table.errors[index])
              })
        })
    ]
    return section
  }
}
