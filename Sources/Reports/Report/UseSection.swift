internal import DataFrames
internal import DeepLearning
internal import DurableFiles
internal import Exports
internal import Models

/// The section about predicting with the model, from the shell and from Python.
struct UseSection {
  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var section: ReportPage.Section {
    var section = ReportPage.Section(id: "predict", title: "How to predict with the model", isNarrow: true)
    guard case .finished = content.progress else { return section }
    section.codes = [
      .init(
        caption: "In a shell, in the folder of this page:",
        text: "deepspool predict --model . --frame new.csv --output \(ResultFolderLayout.predictionsFile)")
    ]
    let file = ModelExport.fileName(.onnx)
    if let reason = refusal {
      section.notes = ["Python with onnxruntime: this model has no ONNX file, because \(reason)"]
    } else {
      let export = hasFile ? "" : "deepspool export --model . --format onnx --output \(file)\n"
      section.codes.append(
        .init(
          caption: "In Python, with the packages numpy and onnxruntime"
            + (hasFile ? ":" : "; the first line makes the file, as a job with exports: [onnx] does:"),
          text: export + "python3 - <<'END'\n\(Self.script(file, outputs: outputs))\nEND"))
      if content.model.encoding.numerics.contains(where: \.isTime) {
        section.notes = ["ONNX takes times as milliseconds since 1970."]
      }
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

  private var outputs: [String] {
    if content.model.objective.reconstructed != nil { return ["reconstruction", "anomaly"] }
    return content.model.classes == nil ? ["predict"] : ["predict", "probabilities"]
  }

  private static func script(_ file: String, outputs: [String]) -> String {
    """
    import csv
    import numpy, onnxruntime

    session = onnxruntime.InferenceSession("\(file)")
    rows = list(csv.DictReader(open("new.csv")))
    inputs = {}
    for column in session.get_inputs():
        values = [row[column.name] for row in rows]
        if column.type == "tensor(string)":
            inputs[column.name] = numpy.array(values, dtype=object).reshape(-1, 1)
        else:
            numbers = [value or "nan" for value in values]
            inputs[column.name] = numpy.array(numbers, dtype=numpy.float64).reshape(-1, 1)
    for name, values in zip(\(outputs), session.run(\(outputs), inputs)):
        print(name, values[:3])
    """
  }
}
