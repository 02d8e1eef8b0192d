import DurableFiles
import Foundation
import JobEvents
import TestSupport
import Testing

@Suite("data.json and the report's section about data")
struct DataDocumentTests {
  private static let table = "x,w,y\n" + (0..<40).map { "\($0 % 7).5,\($0 % 3 == 0 ? "" : "a"),\($0 % 4)\n" }.joined()

  /// Runs a job on the table; returns the result with the folders that hold it.
  private func run(_ job: String) async throws -> (result: String, folders: [TemporaryFolder]) {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    for name in ["t.csv", "v.csv"] { try FileSystem().write(Self.table.utf8, to: "\(data.path)/\(name)") }
    let text = "training_frame: t.csv\nresponse_column: y\nhidden: [3]\nepochs: 1\n\(job)"
    return (try await Project.run(Array(text.utf8), frames: data.path, work: work.path), [data, work])
  }

  private func document(_ result: String, _ name: String = "data.json") throws -> [String: Any] {
    let bytes = try FileSystem().read("\(result)/\(name)", limit: 1 << 20)
    return try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  @Test("training describes both tables as it has read them")
  func tables() async throws {
    let (result, folders) = try await run("validation_frame: v.csv\ncolumn_types: {y: enum}\n")
    defer { withExtendedLifetime(folders) {} }
    let document = try document(result)
    #expect(Set(document.keys) == ["training", "validation"])
    for part in ["training", "validation"] {
      let table = try #require(document[part] as? [String: Any])
      #expect(
        Set(table.keys) == ["format", "encoding", "separator", "decimal", "header", "rows", "columns", "warnings"])
      #expect(table["rows"] as? Int == 40)
      let columns = try #require(table["columns"] as? [[String: Any]])
      #expect(columns.map { $0["name"] as? String } == ["x", "w", "y"])
      #expect(columns.map { $0["type"] as? String } == ["real", "enum", "enum"])
      #expect(columns.map { $0["missing"] as? Int } == [0, 14, 0])
      #expect(columns.map { $0["distinct"] as? Int } == [7, 1, 4])
      #expect(columns[0]["minimum"] as? Double == 0.5 && columns[0]["maximum"] as? Double == 6.5)
      #expect(columns[0]["levels"] is NSNull && columns[2]["mean"] is NSNull)
      #expect(columns[2]["levels"] as? [String] == ["0", "1", "2", "3"])
    }
    let page = try Project.text(result, "report.html")
    #expect(page.contains("<h2>Data</h2>") && page.contains("Training table: 40 rows, 3 columns"))
    #expect(page.contains("0.5 to 6.5, mean") && page.contains("Validation table: 40 rows"))
  }

  @Test("held-out rows belong to the training table")
  func heldOut() async throws {
    let (result, folders) = try await run("validation_fraction: 0.25\n")
    defer { withExtendedLifetime(folders) {} }
    let document = try document(result)
    #expect((document["training"] as? [String: Any])?["rows"] as? Int == 40)
    #expect(document["validation"] is NSNull)
  }

  @Test("a grid's result has one, and so has each of its models; models of folds have none")
  func gridAndFolds() async throws {
    let (grid, folders) = try await run("grid: {hyper_params: {l1: [0, 0.01]}}\n")
    defer { withExtendedLifetime(folders) {} }
    for name in ["data.json", "models/model_1/data.json", "models/model_2/data.json"] {
      #expect(try document(grid, name)["training"] is [String: Any], "\(name)")
    }
    let (folded, others) = try await run("nfolds: 2\nkeep_cross_validation_models: true\n")
    defer { withExtendedLifetime(others) {} }
    #expect(FileSystem().exists("\(folded)/data.json"))
    #expect(!FileSystem().exists("\(folded)/cross_validation/cv_1/data.json"))
  }
}
