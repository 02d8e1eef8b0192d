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
          text: export + "python3 - <<'END'\n\(script(file))\nEND"))
      if !times.isEmpty {
        section.notes = ["The script reads times such as 2026-11-24T07:30. ONNX takes milliseconds since 1970."]
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

  /// The names of the columns that hold times.
  private var times: [String] {
    content.model.encoding.numerics.filter(\.isTime).map(\.name)
  }

  /// A script that reads `new.csv` as the commands do where that is simple: separator, byte order mark, missing values.
  private func script(_ file: String) -> String {
    let branchForTimes =
      times.isEmpty
      ? ""
      : "    elif column.name in \(times):\n"
        + "        moments = numpy.array(\n"
        + "            [\"NaT\" if value in (\"\", \"NA\") else value for value in values], dtype=\"datetime64[ms]\")\n"
        + "        array = numpy.where(numpy.isnat(moments), numpy.nan, moments.astype(float))\n"
    return """
      import csv
      import numpy, onnxruntime

      session = onnxruntime.InferenceSession("\(file)")
      with open("new.csv", newline="", encoding="utf-8-sig") as table:
          separator = max(",;\\t|", key=table.readline().count)
          table.seek(0)
          rows = list(csv.DictReader(table, delimiter=separator))
      inputs = {}
      for column in session.get_inputs():
          values = [row[column.name] for row in rows]
          if column.type == "tensor(string)":
              array = numpy.array(values, dtype=object)
      \(branchForTimes)    else:
              array = numpy.array(["nan" if value in ("", "NA") else value for value in values], dtype=float)
          inputs[column.name] = array.reshape(-1, 1)
      for name, values in zip(\(outputs), session.run(\(outputs), inputs)):
          print(name, values[:3])
      """
  }
}
