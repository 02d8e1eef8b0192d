internal import Charts
internal import DeepLearning
internal import DurableFiles
internal import FoundationEssentials
internal import JobFiles
internal import Models
internal import Training
internal import Wording

/// The identity of the model: its names, origin, date, machine and duration.
struct IdentitySection {
  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var section: ReportPage.Section {
    let (point, history) = (content.event.point, content.event.record.history)
    var rows: [(String, String)] = [
      ("model name", content.title), ("description", description), ("model category", content.model.category),
    ]
    // During training, a checksum would be outdated by the next scoring.
    if case .finished = content.progress {
      let file = ModelFile(
        name: content.title, model: content.model, rule: content.plan.options.rule, samples: point.samples)
      rows.append(("model checksum", file.checksum))
    }
    if let last = history.last {
      let date = Date(timeIntervalSince1970: last.timestampSeconds.rounded(.down)).formatted(.iso8601)
      rows.append(("trained", "\(date) on \(content.provenance.host)"))
    }
    rows += [
      ("program", "deepspool \(Product.version), \(NumberText.count(content.provenance.threads, "thread"))"),
      ("system", content.provenance.system),
    ]
    rows += [
      ("duration", "\(Int((point.elapsedSeconds * 1000).rounded())) ms"),
      ("scoring time", "\(Int((content.event.record.scoringSeconds * 1000).rounded())) ms, included in the duration"),
      ("output", output),
    ]
    rows += content.provenance.tables.map { ("table", $0) }
    return .init(
      id: "model", title: "Model and environment", isNarrow: true,
      tables: [
        .init(
          caption: "Origin of the model", header: [.text("property"), .text("value")],
          rows: rows.map { .init(cells: [.text($0.0), .text($0.1)]) })
      ])
  }

  private var description: String {
    let network = content.model.topology.units.map(String.init).joined(separator: "–")
    let classCount = content.model.classes?.count ?? 1
    return (content.model.ensemble.map { "mean of \($0.networkCount) networks, the first of them a " } ?? "")
      + "network of \(network) units, \(content.job.activation.rawValue), distribution "
      + "\(content.model.objective.distributionName(classCount: classCount)), loss \(content.model.objective.lossName)"
  }

  private var output: String {
    "\(content.model.parameterCount) weights and biases"
      + (content.job.exportWeightsAndBiases
        ? ", as CSV files in \(ResultFolderLayout.weightsFolder)/"
        : " in \(ResultFolderLayout.modelFile); export_weights_and_biases writes them as CSV files")
  }
}
