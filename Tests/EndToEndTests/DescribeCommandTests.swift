import DurableFiles
import Foundation
import Testing

@Suite("The commands describe, init and check")
struct DescribeCommandTests {
  private let folder = NSTemporaryDirectory() + "describe-\(UUID().uuidString)"

  private func withFolder(_ body: () throws -> Void) throws {
    try FileSystem().makeFolder(folder)
    defer { try? FileSystem().removeTree(folder) }
    try body()
  }

  private func write(_ text: String, _ name: String) throws {
    try FileSystem().write(text.utf8, to: "\(folder)/\(name)")
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("describe prints a table for people, or JSON")
  func describe() throws {
    try withFolder {
      let path = "\(Programs.samples)/iris.csv"
      let text = try Programs.deepspool(["describe", path])
      #expect(text.status == 0 && text.output.contains("150 rows, 5 columns"), "\(text.errors)")
      #expect(text.output.contains("Iris-setosa, Iris-versicolor, Iris-virginica"))
      let object = try json(Programs.deepspool(["describe", path, "--json"]).output)
      #expect(object["rows"] as? Int == 150)
      let columns = try #require(object["columns"] as? [[String: Any]])
      #expect(columns.count == 5 && columns[0]["type"] as? String == "real")
      #expect(columns[0]["minimum"] as? Double == 4.3 && columns[0]["maximum"] as? Double == 7.9)
    }
  }

  @Test("a pipe and a folder are described like a file")
  func pipesAndFolders() throws {
    try withFolder {
      try FileSystem().makeFolder("\(folder)/parts")
      try write("a,b\n1,x\n2,y\n", "parts/1.csv")
      try write("a,b\n3,x\n", "parts/2.csv")
      let whole = try json(Programs.deepspool(["describe", "\(folder)/parts", "--json"]).output)
      #expect(whole["rows"] as? Int == 3)
      let piped = try Programs.run(
        "/bin/sh", ["-c", "'\(Programs.folder)/deepspool' describe - --json < '\(folder)/parts/1.csv'"])
      let fifo = try Programs.run(
        "/bin/bash", ["-c", "'\(Programs.folder)/deepspool' describe <(cat '\(folder)/parts/1.csv') --json"])
      #expect(try json(fifo.output)["rows"] as? Int == 2, "\(fifo.errors)")
      #expect(try json(piped.output)["rows"] as? Int == 2, "\(piped.errors)")
    }
  }

  @Test("with --job the table is read as the job does")
  func asJob() throws {
    try withFolder {
      try write("1,x\n2,y\n", "t.csv")
      try write(
        "training_frame: t.csv\nresponse_column: b\nheader: false\ncolumn_names: [a, b]\ncolumn_types: {a: enum}\n",
        "j.yaml")
      for arguments in [["\(folder)/t.csv", "--job", "\(folder)/j.yaml"], ["--job", "\(folder)/j.yaml"]] {
        let object = try json(Programs.deepspool(["describe", "--json"] + arguments).output)
        let columns = try #require(object["columns"] as? [[String: Any]])
        #expect(columns.map { $0["name"] as? String } == ["a", "b"])
        #expect(columns[0]["levels"] as? [String] == ["1", "2"])
      }
    }
  }

  @Test("a missing table is 66, an unreadable or invalid one 65, nothing at all 64")
  func statuses() throws {
    try withFolder {
      try write("", "empty.csv")
      try write("a,b\n\u{0}\u{0}\n", "zero.csv")
      let missing = try Programs.deepspool(["describe", "\(folder)/none.csv"])
      #expect(missing.status == 66 && missing.errors.contains("none.csv") && missing.output.isEmpty)
      for name in ["empty.csv", "zero.csv"] {
        let invalid = try Programs.deepspool(["describe", "\(folder)/\(name)", "--json"])
        #expect(invalid.status == 65 && invalid.output.isEmpty && invalid.errors.contains(name), "\(name)")
      }
      #expect(try Programs.deepspool(["describe"]).status == 64)
    }
  }

  @Test("init writes a job that check accepts and run trains, and does not overwrite it")
  func initialises() throws {
    try withFolder {
      let job = "\(folder)/iris.yaml"
      let table = "\(Programs.samples)/iris.csv"
      let made = try Programs.deepspool(["init", table, "--output", job])
      #expect(made.status == 0 && made.errors.contains("response 'Species'"), "\(made.errors)")
      #expect(try Programs.deepspool(["init", table, "--output", job]).status == 73)
      #expect(try Programs.deepspool(["init", table, "--output", job, "--force"]).status == 0)
      let checked = try Programs.deepspool(["check", job])
      #expect(checked.status == 0, "\(checked.errors)")
      let run = try Programs.deepspool(["run", job, "--output", "\(folder)/result"])
      #expect(run.status == 0, "\(run.errors)")
      let wrong = try Programs.deepspool(["init", table, "--response", "Specis", "--output", "-"])
      #expect(wrong.status == 65 && wrong.errors.contains("did you mean 'Species'?"))
    }
  }

  @Test("init warns of what describe warns of, such as a last row of totals")
  func warnings() throws {
    try withFolder {
      let rows = (1...40).map { "\($0);\($0 * 3 % 17);\($0 % 2)\n" }.joined()
      try write("a;b;y\n" + rows + "Summe;300;\n", "totals.csv")
      let made = try Programs.deepspool(["init", "\(folder)/totals.csv", "--output", "\(folder)/totals.yaml"])
      #expect(made.status == 0 && made.errors.contains("begins with 'Summe', holds totals, and is not read"), "\(made)")
    }
  }

  @Test("check reports the faults of the job and those of its table together")
  func check() throws {
    try withFolder {
      try write("x,w,y\n1,-1,5\n2,2,6\n3,1,9\n", "t.csv")
      try write(
        "training_frame: t.csv\nresponse_column: yy\nweights_column: w\nhiden: 3\nignored_columns: [q, r]\n", "j.yaml")
      let found = try Programs.deepspool(["check", "--json", "\(folder)/j.yaml"])
      let faults = try JSONSerialization.jsonObject(with: Data(found.output.utf8)) as? [[String: Any]]
      #expect(found.status == 65 && faults?.map { $0["line"] as? Int } == [2, 3, 4, 5, 5])
      let alone = try Programs.deepspool(["check", "--no-data", "--json", "\(folder)/j.yaml"])
      #expect((try JSONSerialization.jsonObject(with: Data(alone.output.utf8)) as? [Any])?.count == 1)
      try write("training_frame: none.csv\nresponse_column: y\nvalidation_frame: no.csv\n", "k.yaml")
      let missing = try Programs.deepspool(["check", "\(folder)/k.yaml"])
      #expect(missing.status == 65 && missing.errors.contains("none.csv") && missing.errors.contains("no.csv"))
      #expect(try Programs.deepspool(["check", "--no-data", "\(folder)/k.yaml"]).status == 0)
    }
  }

  @Test("check prints the warnings of tables and plans with their place, and passes")
  func checkWarnings() throws {
    try withFolder {
      let rows = (1...40).map { "\($0);\($0),5;\($0 * 3 % 17)\n" }.joined()
      try write("a;w;y\n" + rows + "Summe;;300\n", "t.csv")
      try write("training_frame: t.csv\nresponse_column: y\ndecimal: '.'\nrate: 0.1\n", "j.yaml")
      let found = try Programs.deepspool(["check", "\(folder)/j.yaml"])
      #expect(found.status == 0 && found.output == "OK: 1 file\n", "\(found)")
      for text in [
        "j.yaml:1:17: warning: 't.csv':42: the last record begins with 'Summe'",
        "j.yaml:3:10: warning: 't.csv': decimal is '.', but column 'w' has a decimal comma, as in '1,5'; state decimal: ','",
      ] { #expect(found.errors.contains(text), "\(found)") }
      #expect(found.errors.contains("warning: rate "), "\(found)")
      let lines = found.errors.split(separator: "\n")
      #expect(Set(lines).count == lines.count && lines.allSatisfy { $0.contains(": warning: ") }, "\(found)")
      let json = try Programs.deepspool(["check", "--json", "\(folder)/j.yaml"])
      #expect(json.status == 0 && json.output == "[]\n" && json.errors.isEmpty, "\(json)")
      try write("training_frame: t.csv\nresponse_column: w\ndecimal: '.'\ncolumn_types: {w: real}\n", "k.yaml")
      let refused = try Programs.deepspool(["check", "\(folder)/k.yaml"])
      #expect(refused.status == 65, "\(refused)")
      #expect(refused.errors.contains("k.yaml:3:10: error: 't.csv': decimal is '.'"), "\(refused)")
    }
  }

  @Test("commands that read tables without a job file advise their options, not keys of a job file")
  func keyPlaces() throws {
    try withFolder {
      let rows = (1...40).map { "\($0),\($0).5,\($0 * 3 % 17)\n" }.joined()
      try write("a,w,y\n" + rows, "t.csv")
      try write("training_frame: t.csv\nresponse_column: y\nhidden: [2]\nepochs: 1\n", "j.yaml")
      try write("decimal: ','\ntraining_frame: t.csv\nresponse_column: y\n", "like.yaml")
      #expect(try Programs.deepspool(["run", "\(folder)/j.yaml", "--output", "\(folder)/r"]).status == 0)
      try write("a,w\n1,2.5\n2,odd\n3,4.5,6\n", "long.csv")
      try write("a,w\n1,2.5\n2,odd\n", "odd.csv")
      try write("a,w\n1,2.5\n2,3.5\n", "good.csv")
      func errors(_ arguments: String...) throws -> String {
        let run = try Programs.deepspool(arguments.map { $0.hasPrefix("@") ? "\(folder)/\($0.dropFirst())" : $0 })
        #expect(run.status == 65, "\(run)")
        return run.errors
      }
      for command in [["predict", "--frame"], ["export", "--format", "onnx", "--output", "@m.onnx", "--check"]] {
        func found(_ table: String, _ like: String...) throws -> String {
          let options = command.map { $0.hasPrefix("@") ? "\(folder)/\($0.dropFirst())" : $0 }
          let run = try Programs.deepspool(
            options + ["\(folder)/\(table)", "--model", "\(folder)/r"]
              + like.flatMap { ["--read-like", "\(folder)/\($0)"] })
          #expect(run.status == 65, "\(command): \(run)")
          return run.errors
        }
        #expect(try found("long.csv").contains("max_bad_fields in a job file for --read-like"))
        let odd = try found("odd.csv")
        #expect(odd.contains("add the text to na_strings in a job file for --read-like"), "\(odd)")
        #expect(!odd.contains("column_types"), "\(odd)")
        #expect(
          try found("good.csv", "like.yaml").contains(
            "column 'w' has a decimal point, as in '2.5'; state decimal: '.' in '\(folder)/like.yaml' (--read-like)"))
      }
      #expect(try errors("describe", "@long.csv").contains("max_bad_fields in a job file for --job"))
      #expect(try errors("init", "@long.csv", "--output", "-").contains("max_bad_fields in a job file that you write"))
      #expect(
        try errors("init", "@good.csv", "--response", "ww", "--output", "-").contains("--response names column 'ww'"))
      #expect(try Programs.deepspool(["check", "\(folder)/like.yaml"]).errors.contains("state decimal: '.'\n"))
    }
  }

  @Test("a job for the service is checked with its data directories, which check names")
  func dataDirectories() throws {
    try withFolder {
      let (data, spool) = ("\(folder)/data", "\(folder)/spool")
      for path in [data, spool] { try FileSystem().makeFolder(path) }
      try FileSystem().write("x,y\n1,2\n2,3\n3,4\n".utf8, to: "\(data)/pairs.csv")
      try FileSystem().write("training_frame: pairs.csv\nresponse_column: y\n".utf8, to: "\(folder)/j.yaml")
      try FileSystem().write("training_frame: pair.csv\nresponse_column: y\n".utf8, to: "\(folder)/k.yaml")
      try FileSystem().write(#"{"data_directories": ["\#(data)"]}"#.utf8, to: "\(spool)/.limits")
      func check(_ arguments: String...) throws -> (output: String, errors: String, status: Int32) {
        try Programs.run(
          "/usr/bin/env", ["DEEPSPOOL_SPOOL=\(spool)", "\(Programs.folder)/deepspool", "check"] + arguments)
      }
      let beside = try check("\(folder)/j.yaml")
      #expect(beside.status == 65, "\(beside)")
      #expect(beside.errors.contains("deepspool check --data-directory \(data) \(folder)/j.yaml"), "\(beside.errors)")
      #expect(try check("--data-directory", data, "\(folder)/j.yaml").status == 0)
      let near = try check("--data-directory", data, "\(folder)/k.yaml")
      #expect(near.status == 65 && near.errors.contains("(did you mean 'pairs.csv'?)"), "\(near)")
      #expect(near.errors.contains("copy it to '\(data)'"), "\(near)")
      #expect(try check("--data-directory", "\(folder)/none", "\(folder)/j.yaml").status == 66)
      #expect(try check("--data-directory", data, "--no-data", "\(folder)/j.yaml").status == 64)
    }
  }

  @Test("init says where the service reads tables, and names one there so that the service finds it")
  func initialisesForTheService() throws {
    try withFolder {
      let (data, spool) = ("\(folder)/data", "\(folder)/spool")
      for path in [data, spool] { try FileSystem().makeFolder(path) }
      let table = try FileSystem().read("\(Programs.samples)/iris.csv", limit: 1 << 20)
      for path in ["\(data)/inside.csv", "\(folder)/outside.csv"] { try FileSystem().write(table, to: path) }
      try FileSystem().write(#"{"data_directories": ["\#(data)"]}"#.utf8, to: "\(spool)/.limits")
      func made(_ table: String) throws -> (errors: String, job: String) {
        let job = "\(folder)/job.yaml"
        let run = try Programs.run(
          "/usr/bin/env",
          ["DEEPSPOOL_SPOOL=\(spool)", "\(Programs.folder)/deepspool", "init", table, "--force", "--output", job])
        #expect(run.status == 0, "\(run)")
        #expect(try Programs.deepspool(["check", job]).status == 0)
        return (run.errors, String(decoding: try FileSystem().read(job, limit: 1 << 20), as: UTF8.self))
      }
      let outside = try made("\(folder)/outside.csv")
      #expect(outside.job.contains("training_frame: outside.csv\n# The service opens tables in"), "\(outside.job)")
      #expect(outside.errors.contains("opens tables in \(data) only"), "\(outside.errors)")
      let inside = try made("\(data)/inside.csv")
      #expect(!inside.errors.contains("opens tables in") && !inside.job.contains("opens tables in"))
      let real = try #require(Paths.resolved(data))
      #expect(inside.job.contains("\(real)/inside.csv"), "\(inside.job)")
    }
  }
}
