internal import DataFrames
internal import DeepLearning
internal import Models

/// A Python script that predicts the rows of a text table with a model's ONNX file.
///
/// It reads separators, byte order marks, missing values, decimal marks, separators of thousands and the usual dates as
/// the commands do, in the notation of the model's training table. It stops with an error at a field that it cannot
/// read.
struct PredictionScript {
  private let model: Model
  private let file: String

  /// - `file`: The name of the ONNX file.
  init(_ model: Model, file: String) {
    self.model = model
    self.file = file
  }

  /// The names of the graph's outputs.
  private var outputs: [String] {
    if model.objective.reconstructed != nil { return ["reconstruction", "anomaly"] }
    return model.classes == nil ? ["predict"] : ["predict", "probabilities"]
  }

  var text: String {
    let fields = FieldScript(model.encoding.numerics, notation: model.notation)
    let branchForTimes =
      fields.times.isEmpty
      ? ""
      : """
          elif column.name in formats:
              array = numpy.array([moment(value, formats[column.name]) for value in values])

      """
    return """
      import csv, datetime, io, re
      import numpy, onnxruntime

      \(fields.text)
      session = onnxruntime.InferenceSession(\(PythonText.literal(file)))
      with open("new.csv", "rb") as table:
          content = table.read()
      try:
          table = content.decode("utf-8-sig")
      except UnicodeDecodeError:
          table = content.decode("cp1252")
      separator = max(",;\\t|", key=table.partition("\\n")[0].count)
      rows = list(csv.DictReader(io.StringIO(table, newline=""), delimiter=separator))
      inputs = {}
      for column in session.get_inputs():
          values = [(row[column.name] or "").strip() for row in rows]
          if column.type == "tensor(string)":
              array = numpy.array(\(texts), dtype=object)
      \(branchForTimes)    else:
              array = numpy.array([number(value, column.name in commas) for value in values])
          inputs[column.name] = array.reshape(-1, 1)
      for name, values in zip(\(PythonText.list(outputs)), session.run(\(PythonText.list(outputs)), inputs)):
          print(name, values[:3])
      """
  }

  /// The expression for the values of a column of categories.
  private var texts: String {
    let level = model.notation.renamedLevels == nil ? "value" : "renamed.get(column.name, {}).get(value, value)"
    return "[\"\" if value in missing else \(level) for value in values]"
  }
}
