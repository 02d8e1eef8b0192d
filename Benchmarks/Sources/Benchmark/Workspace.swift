import Foundation

/// Where programs, peers and tables lie.
struct Workspace {
  let root: String
  let mnist: String
  let tables: String

  init(root: String) {
    self.root = root
    mnist = "\(root)/../shared/data/mnist"
    // Not in a hidden folder: H2O reads nothing there.
    tables = "/tmp/deepspool-benchmark"
  }

  var deepspool: String { "\(root)/.build/release/deepspool" }
  var python: String { "\(root)/.build-peers/bin/python3" }
  var hasPeers: Bool { FileManager.default.isExecutableFile(atPath: python) }
  var hasMNIST: Bool { FileManager.default.fileExists(atPath: "\(mnist)/train.csv.gz") }

  func program(_ name: String) -> String { "\(root)/.build-benchmark/release/\(name)" }

  /// The first JSON object that a peer prints.
  func peer(_ script: String, _ arguments: [String]) throws -> [String: Any] {
    try Command(python, ["\(root)/Benchmarks/peers/\(script)"] + arguments).objects().last ?? [:]
  }

  /// Tables of three columns with so many levels each, and an outcome that depends on them.
  func levelTable(levels: Int, rows: Int) throws -> String {
    let path = "\(tables)/levels-\(levels).csv"
    guard !FileManager.default.fileExists(atPath: path) else { return path }
    var state: UInt64 = 42
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    var text = "a,b,c,y\n"
    // Every level occurs, so that tables of all sizes have as many inputs as their name says.
    for row in 0..<rows {
      let values = (0..<3).map { _ in row < levels ? row : next(levels) }
      text += "a\(values[0]),b\(values[1]),c\(values[2]),\((values[0] + values[1]) % 2 == 0 ? "even" : "odd")\n"
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }
}
