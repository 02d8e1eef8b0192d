import DataFrames
import Testing

@Suite("Texts that are not tables")
struct ForeignTextTests {
  @Test("the format is named, with what to do")
  func formats() {
    let examples = [
      ("[{\"a\": 1}, {\"a\": 2}]", "is JSON, which"), ("{\"a\": [1, 2]}", "is JSON, which"),
      ("\u{FEFF}\n[\n  {\n \"a\": 1}]", "is JSON, which"), ("[[1, 2], [3, 4]]\n", "is JSON, which"),
      ("{\n  \"columns\": [\"a\"]\n}\n", "is JSON, which"),
      ("{\"a\": 1, \"b\": \"x\"}\n{\"a\": 2, \"b\": \"y\"}\n", "is JSON in lines (NDJSON), which"),
      ("{\"a\":1}\r\n{\"a\":2}\r\n", "is JSON in lines (NDJSON), which"),
      ("<!DOCTYPE html>\n<html><body>", "is a web page (HTML), which"),
      ("\n<HTML lang='en'>", "is a web page (HTML), which"),
      ("<table><tr><td>1</td></tr></table>", "is a web page (HTML), which"),
      ("<?xml version=\"1.0\"?>\n<rows/>", "is an XML document, which"),
      ("version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 5\n", "git lfs pull"),
      ("%PDF-1.7\n1 0 obj\n", "is a PDF document, which"), ("{\\rtf1\\ansi a}", "is a rich-text document (RTF), which"),
      ("CREATE TABLE t (a int);\n", "is an SQL script, which"),
      ("INSERT INTO t VALUES (1);\n", "is an SQL script, which"),
    ]
    for (text, part) in examples { #expect(Tables.refusal(text).contains(part), "\(text)") }
    var tar = [UInt8](repeating: 0, count: 1024)
    tar.replaceSubrange(0..<5, with: "t.csv".utf8)
    tar.replaceSubrange(257..<262, with: "ustar".utf8)
    #expect(
      Tables.refusal(tar)
        == "'t': is a tar archive, which is not supported; unpack it and name the table in it")
  }

  @Test("tables that begin alike are tables")
  func tables() throws {
    let examples = [
      ("<5,n\n<6,2\n", "<5=<6 n=2"), ("[a],b\n1,2\n", "[a]=1 b=2"), ("{a},b\n1,2\n", "{a}=1 b=2"),
      ("version,b\n1,2\n", "version=1 b=2"), ("html,b\n1,2\n", "html=1 b=2"),
      ("id,json\n1,\"{\"\"a\"\": 1}\"\n", "id=1 json={\"a\": 1}"),
    ]
    for (text, content) in examples { #expect(try Tables.content(text) == content, "\(text)") }
  }

  @Test("a stated separator makes it a table")
  func stated() throws {
    #expect(try Tables.read("[[1,2]\n[3,4]]\n") { $0.separator = "," }.columns.count == 2)
  }
}
