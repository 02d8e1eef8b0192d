internal import DurableFiles
internal import Exports
internal import Models
internal import Wording

/// The section about predicting with the model, from the shell and from Python.
struct UseSection {
  /// The anchor of the section.
  static let id = "predict"

  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var section: ReportPage.Section {
    var section = ReportPage.Section(id: Self.id, title: "How to predict with the model", isNarrow: true)
    guard case .finished = content.progress else { return section }
    // Users may not write to a result of the service, so they predict in a folder of their own.
    let job = content.provenance.repetition.job
    let model = job?.inShell ?? "."
    section.codes = [
      .init(
        caption: "In a shell, in \(job == nil ? "the folder of this page" : "a folder of your own"):",
        text: "deepspool predict --model \(model) --frame new.csv --output \(ResultFolderLayout.predictionsFile)")
    ]
    let file = ModelExport.fileName(.onnx)
    if let reason = refusal {
      section.notes = ["Python with onnxruntime: this model has no ONNX file, because \(reason)"]
    } else {
      let isThere = hasFile && job == nil
      let export = isThere ? "" : "deepspool export --model \(model) --format onnx --output \(file)\n"
      section.codes.append(
        .init(
          caption: "In Python, with the packages numpy and onnxruntime"
            + (isThere ? ":" : "; the first line makes the file, as a job with exports: [onnx] does:"),
          text: export + "python3 - <<'END'\n\(PredictionScript(content.model, file: file).text)\nEND"))
    }
    return section
  }

  private var hasFile: Bool {
    content.exports.contains { if case .made(let export) = $0 { export.format == .onnx } else { false } }
  }

  /// The reason why the model has no ONNX file; nil if it has or can have one.
  private var refusal: String? {
    for case .refused(.onnx, let reason) in content.exports { return reason }
    return nil
  }
}
