import Foundation

/// The locations of programs, peers and tables.
struct Workspace {
  let root: String
  let mnist: String
  let tables: String

  init(root: String) {
    self.root = root
    mnist = "\(root)/../shared/data/mnist"
    // H2O does not read from hidden directories.
    tables = "/tmp/deepspool-benchmark"
  }

  var deepspool: String { "\(root)/.build/release/deepspool" }
  var daemon: String { "\(root)/.build/release/deepspoold" }
  /// Trains on several ranks; missing without Open MPI.
  var rankWorker: String { "\(root)/.build/release/deepspool-mpi-worker" }
  var samples: String { "\(root)/Spool/samples" }
  var python: String { "\(root)/.build-peers/bin/python3" }
  var hasPeers: Bool { FileManager.default.isExecutableFile(atPath: python) }

  /// MNIST.
  var digits: Table {
    Table(path: "\(mnist)/train.csv.gz", response: "label", validation: "\(mnist)/test.csv.gz")
  }

  /// The census income table: 6 numeric and 8 categorical columns.
  func adult() throws -> Table {
    let folder = "\(root)/../shared/data/adult"
    let test = "\(tables)/adult-test.csv"
    // The labels of the test rows end in a full stop, those of the training rows do not.
    try String(contentsOfFile: "\(folder)/adult-test.csv", encoding: .utf8)
      .replacing(".\n", with: "\n").write(toFile: test, atomically: true, encoding: .utf8)
    return Table(
      path: "\(folder)/adult-train.csv", response: "income", validation: test,
      reading: "header: false\ncolumn_names: [\(Self.adultColumns.joined(separator: ", "))]\n")
  }

  static let adultColumns = [
    "age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation", "relationship", "race",
    "sex", "capital-gain", "capital-loss", "hours-per-week", "native-country", "income",
  ]

  func program(_ name: String) -> String { "\(root)/.build-benchmark/release/\(name)" }

  /// Returns the first JSON object that a peer prints.
  func peer(_ script: String, _ arguments: [String]) throws -> [String: Any] {
    try Command(python, ["\(root)/Benchmarks/peers/\(script)"] + arguments).objects().last ?? [:]
  }

  /// Three categorical columns with `levels` levels each, and an outcome that depends on them.
  func levelTable(levels: Int, rows: Int) throws -> Table {
    let path = "\(tables)/levels-\(levels).csv"
    try make(path) { random in
      var text = "a,b,c,y\n"
      // Every level occurs, so that each table has the number of inputs in its name.
      for row in 0..<rows {
        let values = (0..<3).map { _ in row < levels ? row : random.next(levels) }
        text += "a\(values[0]),b\(values[1]),c\(values[2]),\((values[0] + values[1]) % 2 == 0 ? "even" : "odd")\n"
      }
      return text
    }
    return Table(path: path, response: "y")
  }

  /// A SVMLight table with many inputs, of which each row names few.
  func sparseTable(inputs: Int, named: Int, rows: Int) throws -> Table {
    let path = "\(tables)/sparse-\(inputs).svm"
    try make(path) { random in
      var text = ""
      for row in 0..<rows {
        // The last input occurs, so that every reader finds the same width.
        var chosen = Set([row == 0 ? inputs : 1 + random.next(inputs)])
        while chosen.count < named { chosen.insert(1 + random.next(inputs)) }
        let sum = chosen.reduce(0) { $0 + ($1 % 7 == 0 ? 3 : -1) }
        text += sum > -named / 2 ? "1" : "0"
        for index in chosen.sorted() { text += " \(index):\(1 + random.next(4))" }
        text += "\n"
      }
      return text
    }
    return Table(path: path, response: "C1", reading: "column_types: {C1: enum}\n")
  }

  /// Settings with the initial weights of PyTorch: weights and biases uniform between plus and minus one over the square
  /// root of the layer's inputs (torch.nn.Linear).
  ///
  /// `layers` are the numbers of inputs, hidden units and outputs.
  func torchStart(layers: [Int], seed: Int) throws -> String {
    var files: (weights: [String], biases: [String]) = ([], [])
    var dice = Dice(seed: UInt64(seed))
    for (inputs, units) in zip(layers, layers.dropFirst()) {
      let bound = 1 / Double(inputs).squareRoot()
      func table(columns: Int) -> String {
        var lines = [(0..<columns).map { "c\($0)" }.joined(separator: ",")]
        for _ in 0..<units {
          lines.append((0..<columns).map { _ in String(bound * (2 * dice.nextUnit() - 1)) }.joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
      }
      let name = "\(tables)/start-\(seed)-\(inputs)-\(units)"
      try table(columns: inputs).write(toFile: "\(name)-weights.csv", atomically: true, encoding: .utf8)
      try table(columns: 1).write(toFile: "\(name)-biases.csv", atomically: true, encoding: .utf8)
      files.weights.append("\(name)-weights.csv")
      files.biases.append("\(name)-biases.csv")
    }
    return "initial_weights: [\(files.weights.joined(separator: ", "))]\n"
      + "initial_biases: [\(files.biases.joined(separator: ", "))]\n"
  }

  /// Writes the result of `content`, unless the file exists from an earlier run.
  private func make(_ path: String, content: (inout Dice) -> String) throws {
    guard !FileManager.default.fileExists(atPath: path) else { return }
    var dice = Dice()
    try content(&dice).write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// A generator of the same numbers in every run.
  private struct Dice {
    private var state: UInt64

    init(seed: UInt64 = 42) { state = seed }

    mutating func next(_ bound: Int) -> Int { Int(nextBits() % UInt64(bound)) }

    /// Returns a number in [0, 1).
    mutating func nextUnit() -> Double { Double(nextBits()) / Double(1 << 31) }

    private mutating func nextBits() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
  }
}
