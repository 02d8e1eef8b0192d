/// Encodes the graph as an ONNX file and decodes it; field numbers are those of onnx.proto
/// (github.com/onnx/onnx, IR version 8).
extension ONNXGraph {
  private enum AttributeType: Int {
    case float = 1
    case integer = 2
    case string = 3
    case integers = 7
    case strings = 8
  }

  func bytes(producerVersion: String) -> [UInt8] {
    var model = ProtobufWriter()
    model.integer(1, Self.formatVersion)
    model.string(2, "deepspool")
    model.string(3, producerVersion)
    model.message(7) { graph in
      for node in nodes { graph.message(1) { Self.write(node, to: &$0) } }
      graph.string(2, "deepspool")
      for tensor in constants { graph.message(5) { Self.write(tensor, to: &$0) } }
      for port in inputs { graph.message(11) { Self.write(port, to: &$0) } }
      for port in outputs { graph.message(12) { Self.write(port, to: &$0) } }
    }
    for (domain, version) in [("", Self.opset), (Self.machineLearningDomain, Self.machineLearningOpset)] {
      model.message(8) {
        $0.string(1, domain)
        $0.integer(2, version)
      }
    }
    for (key, value) in metadata {
      model.message(14) {
        $0.string(1, key)
        $0.string(2, value)
      }
    }
    return model.bytes
  }

  private static func write(_ node: Node, to writer: inout ProtobufWriter) {
    for input in node.inputs { writer.string(1, input) }
    for output in node.outputs { writer.string(2, output) }
    writer.string(3, node.outputs.first ?? node.type)
    writer.string(4, node.type)
    for (name, value) in node.attributes.sorted(by: { $0.key < $1.key }) {
      writer.message(5) { write(value, name: name, to: &$0) }
    }
    if node.isMachineLearning { writer.string(7, machineLearningDomain) }
  }

  private static func write(_ value: Node.Attribute, name: String, to writer: inout ProtobufWriter) {
    writer.string(1, name)
    let type: AttributeType
    switch value {
    case .float(let value):
      writer.single(2, value)
      type = .float
    case .integer(let value):
      writer.integer(3, value)
      type = .integer
    case .string(let value):
      writer.string(4, value)
      type = .string
    case .integers(let values):
      for value in values { writer.integer(8, value) }
      type = .integers
    case .strings(let values):
      for value in values { writer.string(9, value) }
      type = .strings
    }
    writer.integer(20, type.rawValue)
  }

  private static func write(_ tensor: Tensor, to writer: inout ProtobufWriter) {
    for size in tensor.shape { writer.integer(1, size) }
    func raw<Element: BitwiseCopyable>(_ values: [Element]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }
    let (type, data): (ElementType, [UInt8]) =
      switch tensor.values {
      case .floats(let values): (.float, raw(values))
      case .doubles(let values): (.double, raw(values))
      case .integers(let values): (.int64, raw(values.map(Int64.init)))
      }
    writer.integer(2, type.rawValue)
    writer.string(8, tensor.name)
    writer.data(9, data)
  }

  private static func write(_ port: Port, to writer: inout ProtobufWriter) {
    writer.string(1, port.name)
    writer.message(2) {
      $0.message(1) { tensor in
        tensor.integer(1, port.type.rawValue)
        tensor.message(2) { shape in
          shape.message(1) { $0.string(2, "rows") }
          shape.message(1) { $0.integer(1, port.columns) }
        }
      }
    }
  }
}

extension ONNXGraph {
  /// - Throws: ``ExportError/notONNX(reason:)`` for anything that ``bytes(producerVersion:)`` does not write.
  package init(bytes: [UInt8]) throws(ExportError) {
    self.init()
    var model = ProtobufReader(bytes[...])
    while let (field, value) = try model.next() {
      switch field {
      case 7: try readGraph(value.data)
      case 14:
        var entry = ProtobufReader(value.data)
        var (key, text) = ("", "")
        while let (field, value) = try entry.next() { if field == 1 { key = value.text } else { text = value.text } }
        metadata.append((key, text))
      default: break
      }
    }
  }

  private mutating func readGraph(_ bytes: ArraySlice<UInt8>) throws(ExportError) {
    var reader = ProtobufReader(bytes)
    while let (field, value) = try reader.next() {
      switch field {
      case 1: nodes.append(try Self.node(value.data))
      case 5: constants.append(try Self.tensor(value.data))
      case 11: inputs.append(try Self.port(value.data))
      case 12: outputs.append(try Self.port(value.data))
      default: break
      }
    }
  }

  private static func node(_ bytes: ArraySlice<UInt8>) throws(ExportError) -> Node {
    var (inputs, outputs): ([String], [String]) = ([], [])
    var (type, domain) = ("", "")
    var attributes: [String: Node.Attribute] = [:]
    var reader = ProtobufReader(bytes)
    while let (field, value) = try reader.next() {
      switch field {
      case 1: inputs.append(value.text)
      case 2: outputs.append(value.text)
      case 4: type = value.text
      case 5:
        let (name, attribute) = try attribute(value.data)
        attributes[name] = attribute
      case 7: domain = value.text
      default: break
      }
    }
    return Node(
      type: type, inputs: inputs, outputs: outputs, attributes: attributes,
      isMachineLearning: domain == machineLearningDomain)
  }

  private static func attribute(_ bytes: ArraySlice<UInt8>) throws(ExportError) -> (String, Node.Attribute) {
    var (name, text) = ("", "")
    var (integer, single, type) = (0, Float(0), 0)
    var (integers, strings): ([Int], [String]) = ([], [])
    var reader = ProtobufReader(bytes)
    while let (field, value) = try reader.next() {
      switch (field, value) {
      case (1, _): name = value.text
      case (2, .single(let value)): single = value
      case (3, _): integer = value.integer
      case (4, _): text = value.text
      case (8, _): integers.append(value.integer)
      case (9, _): strings.append(value.text)
      case (20, _): type = value.integer
      default: break
      }
    }
    switch AttributeType(rawValue: type) {
    case .float: return (name, .float(single))
    case .integer: return (name, .integer(integer))
    case .string: return (name, .string(text))
    case .integers: return (name, .integers(integers))
    case .strings: return (name, .strings(strings))
    case nil: throw .notONNX(reason: "attribute '\(name)' has the unsupported type \(type)")
    }
  }

  private static func tensor(_ bytes: ArraySlice<UInt8>) throws(ExportError) -> Tensor {
    var (name, type): (String, Int) = ("", 0)
    var shape: [Int] = []
    var data: ArraySlice<UInt8> = []
    var reader = ProtobufReader(bytes)
    while let (field, value) = try reader.next() {
      switch field {
      case 1: shape.append(value.integer)
      case 2: type = value.integer
      case 8: name = value.text
      case 9: data = value.data
      default: break
      }
    }
    func array<Element: BitwiseCopyable>(_: Element.Type) -> [Element] {
      data.withUnsafeBytes { buffer in
        (0..<buffer.count / MemoryLayout<Element>.stride).map {
          buffer.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Element>.stride, as: Element.self)
        }
      }
    }
    switch ElementType(rawValue: type) {
    case .float: return Tensor(name: name, shape: shape, values: .floats(array(Float.self)))
    case .double: return Tensor(name: name, shape: shape, values: .doubles(array(Double.self)))
    case .int64: return Tensor(name: name, shape: shape, values: .integers(array(Int64.self).map(Int.init)))
    default: throw .notONNX(reason: "constant '\(name)' has the unsupported element type \(type)")
    }
  }

  private static func port(_ bytes: ArraySlice<UInt8>) throws(ExportError) -> Port {
    var name = ""
    var (type, columns) = (0, 0)
    func read(_ bytes: ArraySlice<UInt8>, path: [Int]) throws(ExportError) {
      var reader = ProtobufReader(bytes)
      while let (field, value) = try reader.next() {
        switch path + [field] {
        case [1]: name = value.text
        case [2, 1, 1]: type = value.integer
        case [2, 1, 2, 1, 1]: columns = value.integer
        case let path where [[2], [2, 1], [2, 1, 2], [2, 1, 2, 1]].contains(path): try read(value.data, path: path)
        default: break
        }
      }
    }
    try read(bytes, path: [])
    guard let type = ElementType(rawValue: type) else {
      throw .notONNX(reason: "'\(name)' has the unsupported element type \(type)")
    }
    return Port(name: name, type: type, columns: columns)
  }
}
