/// A graph of ONNX operators, limited to what deepspool's models need.
package struct ONNXGraph: Sendable {
  /// The versions of the operator sets.
  static let opset = 17
  static let machineLearningOpset = 3
  static let machineLearningDomain = "ai.onnx.ml"
  /// The version of the file format that belongs to the operator set.
  static let formatVersion = 8

  enum ElementType: Int, Sendable {
    case float = 1
    case int64 = 7
    case string = 8
    case bool = 9
    case double = 11
  }

  struct Tensor: Sendable {
    enum Values: Sendable {
      case floats([Float])
      case doubles([Double])
      case integers([Int])
    }

    let name: String
    let shape: [Int]
    let values: Values
  }

  struct Node: Sendable {
    enum Attribute: Sendable, Equatable {
      case integer(Int)
      case float(Float)
      case integers([Int])
      case strings([String])
      case string(String)
    }

    let type: String
    let inputs: [String]
    let outputs: [String]
    var attributes: [String: Attribute] = [:]
    var isMachineLearning = false
  }

  /// An input or output: a table with any number of rows.
  struct Port: Sendable {
    let name: String
    let type: ElementType
    let columns: Int
  }

  var nodes: [Node] = []
  var constants: [Tensor] = []
  var inputs: [Port] = []
  var outputs: [Port] = []
  /// Information for programs that use the model, such as class names.
  package var metadata: [(String, String)] = []
}
