import DataFrames
import DurableFiles
import Foundation
import JobFiles
import Planning
import Testing

@Suite("Estimates of memory and disk")
struct JobEstimateTests {
  private let folder = NSTemporaryDirectory() + "estimate-\(UUID().uuidString)"

  /// A table of `rows` lines with columns of bytes, reals, five levels and unique texts.
  private static func table(rows: Int) -> String {
    "pixel,size,colour,name\n"
      + (0..<rows).map {
        "\($0 % 200),\(Double($0) / 7),\(["red", "green", "blue", "grey", "pink"][$0 % 5]),row-\($0)\n"
      }
      .joined()
  }

  private func write(_ name: String, _ text: String) throws -> String {
    try FileSystem().makeFolder(folder)
    let path = "\(folder)/\(name)"
    try FileSystem().write(text.utf8, to: path)
    return path
  }

  private func estimate(_ paths: [String]) throws -> FrameEstimate {
    try FrameEstimate.of(
      paths.map { (path: $0, name: $0) }, options: ReadOptions())
  }

  @Test("the estimate from the beginning of a table matches the table as read", arguments: [10, 5000, 200_000])
  func table(rows: Int) throws {
    defer { try? FileSystem().removeTree(folder) }
    let path = try write("a.csv", Self.table(rows: rows))
    let estimate = try estimate([path])
    #expect(abs(estimate.rowCount - Double(rows)) <= 0.12 * Double(rows))
    #expect(estimate.columns.map(\.name) == ["pixel", "size", "colour", "name"])
    #expect(estimate.columns[0].kind == .number(isByte: true))
    #expect(estimate.columns[0].bytesPerRow == 1)
    #expect(estimate.columns[1].kind == .number(isByte: false))
    #expect(estimate.columns[1].bytesPerRow == 8)
    #expect(estimate.columns[2].kind == .categorical(levelCount: 5))
    if rows > 200 { #expect(estimate.columns[3].kind == .text) }
  }

  @Test(
    "the estimate of a compressed table uses the share of the file that its beginning took",
    arguments: ["gzip", "bzip2", "xz"])
  func packed(program: String) throws {
    defer { try? FileSystem().removeTree(folder) }
    let path = try write("a.csv", Self.table(rows: 300_000))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/\(program)")
    process.arguments = ["-1", path]
    try process.run()
    process.waitUntilExit()
    let names = try FileSystem().list(folder)
    #expect(names.count == 1)
    let rows = try estimate(names.map { "\(folder)/\($0)" }).rowCount
    #expect(abs(rows - 300_000) < 90_000)
  }

  @Test("the files of one table are added up, the later ones by their size")
  func manyFiles() throws {
    defer { try? FileSystem().removeTree(folder) }
    let paths = try (0..<8).map { try write("\($0).csv", Self.table(rows: 1000)) }
    #expect(try estimate(paths).rowCount == 8000)
  }

  @Test("a wide sparse table costs memory for its width, and little time to estimate")
  func sparse() throws {
    defer { try? FileSystem().removeTree(folder) }
    let path = try write("a.svm", String(repeating: "1 5:1 900000:2\n0 7:1\n", count: 3000))
    let estimate = try estimate([path])
    #expect(abs(estimate.rowCount - 6000) < 700)
    #expect(estimate.columns.count == 900_001)
    // The columns themselves count, not a number per row and column.
    #expect(estimate.bytes > 1e8 && estimate.bytes < 5e8)
    #expect(estimate.columns[900_000].kind == .sparse(share: 0.5))
  }

  @Test("the network counts once per copy that is trained in parallel")
  func network() throws {
    defer { try? FileSystem().removeTree(folder) }
    let path = try write("a.csv", Self.table(rows: 1000))
    func megabytes(_ extra: String) throws -> Double {
      let text = "training_frame: \(path)\nresponse_column: colour\n\(extra)\n"
      let job = try JobFileReader.read(Array(text.utf8), file: "a.yaml")
      return try Double(JobEstimate.of(job, threads: 4) { $0 }.memoryBytes) / 1e6
    }
    let base = try megabytes("hidden: [1]")
    // 1000 x 1000 weights with both memories of ADADELTA, eight copies.
    #expect(abs(try megabytes("hidden: [1000, 1000]") - base - 96) < 2)
    #expect(abs(try megabytes("hidden: [1000, 1000]\nadaptive_rate: false") - base - 32) < 2)
    #expect(abs(try megabytes("hidden: [1000, 1000]\nactivation: Maxout") - base - 192) < 3)
    #expect(abs(try megabytes("hidden: [1000, 1000]\nnfolds: 3") - base - 288) < 4)
    #expect(abs(try megabytes("grid: {parallelism: 0, hyper_params: {hidden: [[5], [1000, 1000]]}}") - base - 384) < 4)
  }

  @Test("ranks with rows of their own need memory for these only, and the first one disk space for the table")
  func apart() throws {
    defer { try? FileSystem().removeTree(folder) }
    let columns = (0..<50).map { "x\($0)" }.joined(separator: ",")
    let rows = (0..<20_000).map { row in
      (0..<50).map { "\(Double(row + $0) / 7)" }.joined(separator: ",") + (row % 2 == 0 ? ",in\n" : ",out\n")
    }
    let path = try write("a.csv", "\(columns),y\n" + rows.joined())
    func estimate(_ extra: String) throws -> JobEstimate {
      let text =
        "training_frame: \(path)\nresponse_column: y\nhidden: [1]\nnodes: 4\ntraining_shards: 4\n\(extra)\n"
      return try JobEstimate.of(try JobFileReader.read(Array(text.utf8), file: "a.yaml"), threads: 1) { $0 }
    }
    let (all, own) = (try estimate(""), try estimate("replicate_training_data: false"))
    // 20,000 rows of 50 doubles are 8 MB, twice while they are read. A fourth of the encoded rows is 1 MB, responses and
    // order of all 0.8 MB, and a column 0.2 MB.
    #expect(abs(Double(all.memoryBytes - own.memoryBytes) / 1e6 - 1.2 * (16 - 2)) < 1)
    #expect(abs(Double(own.diskBytes - all.diskBytes) / 1e6 - 16) < 1)
    let scored = try estimate("replicate_training_data: false\nscore_training_samples: 0")
    #expect(scored.memoryBytes > own.memoryBytes)
  }

  @Test(
    "the parts that messages name add up to the whole estimate",
    arguments: [
      "hidden: [1]", "hidden: [1000, 1000]\nreproducible: true", "hidden: [5]\nepochs: 1e6\nreproducible: true",
    ])
  func parts(_ extra: String) throws {
    defer { try? FileSystem().removeTree(folder) }
    let path = try write("a.csv", Self.table(rows: 100_000))
    let text = "training_frame: \(path)\nresponse_column: colour\n\(extra)\n"
    let estimate = try JobEstimate.of(try JobFileReader.read(Array(text.utf8), file: "a.yaml"), threads: 4) { $0 }
    #expect(abs(estimate.parts.reduce(0) { $0 + $1.bytes } - estimate.memoryBytes) <= estimate.parts.count)
    #expect(estimate.explanation.hasPrefix("program: 60.0 MB; tables (about "), "\(estimate.explanation)")
    let peaks = ["encoded rows: ", "second copy of the tables while they are read: "]
    #expect(peaks.count { estimate.explanation.contains($0) } == 1, "\(estimate.explanation)")
    #expect(estimate.explanation.contains("network (about "), "\(estimate.explanation)")
    #expect(estimate.explanation.contains("history of scorings") == extra.contains("reproducible"))
  }

  @Test("a model that is scored after each iteration needs memory for its history")
  func history() throws {
    defer { try? FileSystem().removeTree(folder) }
    let path = try write("a.csv", Self.table(rows: 1000))
    func megabytes(_ extra: String) throws -> Double {
      let text = "training_frame: \(path)\nresponse_column: colour\nhidden: [1]\n\(extra)\n"
      let job = try JobFileReader.read(Array(text.utf8), file: "a.yaml")
      return try Double(JobEstimate.of(job, threads: 1) { $0 }.memoryBytes) / 1e6
    }
    let few = try megabytes("epochs: 5000")
    // 24 kB for each of 5,000 scorings; at most 10,000 scorings count.
    #expect(abs(try megabytes("epochs: 5000\nreproducible: true") - few - 120) < 1)
    #expect(abs(try megabytes("epochs: 1e6\nreproducible: true") - few - 240) < 1)
  }

  @Test(
    "the first layer has the inputs that the encoding of a column of 2000 levels has",
    arguments: [
      ("AUTO", 2000.0), ("SortByResponse", 2000), ("EnumLimited", 11), ("Binary", 11), ("Eigen", 1),
      ("LabelEncoder", 1),
    ])
  func encodings(_ encoding: String, inputs: Double) throws {
    defer { try? FileSystem().removeTree(folder) }
    let rows = (0..<20_000).map { "l\($0 % 2000),\($0 % 7)\n" }
    let path = try write("a.csv", "level,y\n" + rows.joined())
    func megabytes(_ hidden: Int) throws -> Double {
      let text =
        "training_frame: \(path)\nresponse_column: y\nhidden: [\(hidden)]\ncategorical_encoding: \(encoding)\n"
      let job = try JobFileReader.read(Array(text.utf8), file: "a.yaml")
      return try Double(JobEstimate.of(job, threads: 1) { $0 }.memoryBytes) / 1e6
    }
    // Weights of four bytes with both memories of ADADELTA, eight copies.
    let perInput = 4.0 * 3 * 8 * 5000 / 1e6
    #expect(abs((try megabytes(5001) - megabytes(1)) / perInput - inputs) < 4)
  }

  @Test("the largest network of a grid counts, whatever parameter makes it large")
  func largestOfGrid() throws {
    defer { try? FileSystem().removeTree(folder) }
    let path = try write("a.csv", Self.table(rows: 1000))
    func megabytes(_ extra: String) throws -> Double {
      let text = "training_frame: \(path)\nresponse_column: size\nhidden: [1000, 1000]\n\(extra)\n"
      let job = try JobFileReader.read(Array(text.utf8), file: "a.yaml")
      return try Double(JobEstimate.of(job, threads: 1) { $0 }.memoryBytes) / 1e6
    }
    let grid = try megabytes(
      "grid: {hyper_params: {activation: [Tanh, Maxout], adaptive_rate: [false, true], epochs: [1, 2]}}")
    #expect(abs(grid - (try megabytes("activation: Maxout"))) < 1)
  }
}
