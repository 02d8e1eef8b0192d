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
    for (text, part) in examples + [
      ("HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!0000\n", "is a SAS transport file (XPORT), which"),
      ("ASCII SPSS PORT FILE    \n", "is a portable SPSS file, which"),
      ("cpandas.core.frame\nDataFrame\np0\n", "is a Python pickle, which"),
    ] { #expect(Tables.refusal(text).contains(part), "\(text)") }
    var tar = [UInt8](repeating: 0, count: 1024)
    tar.replaceSubrange(0..<5, with: "t.csv".utf8)
    tar.replaceSubrange(257..<262, with: "ustar".utf8)
    #expect(
      Tables.refusal(tar)
        == "'t' is a tar archive, which is not supported; unpack it and name the table in it")
  }

  @Test(
    "binary formats are named, with what to do",
    arguments: [
      ("ARROW1\0\0", "an Arrow (Feather) file"), ("FEA1\0", "a Feather file of version 1"),
      ("ORC\u{1}\0", "an ORC file"),
      ("Obj\u{1}\u{2}", "an Avro file"), ("SQLite format 3\0", "an SQLite database"),
      ("RDX3\nX\n\0\0", "an R workspace"),
      ("X\n\0\0\0\u{3}", "an R object (RDS)"), ("$FL2@(#) SPSS\0", "an SPSS file"),
      ("$FL3@\0", "a compressed SPSS file"),
      ("q\u{2}\u{1}\0\u{5}", "a Stata file"), ("<stata_dta><header>\0", "a Stata file"),
      ("\0\0\0\0\0\0\0\0DUCK\0", "a DuckDB database"), ("\0\u{1}\0\0Standard ACE DB\0", "an Access database"),
      ("MATLAB 5.0 MAT-file\0", "a MATLAB file"),
    ])
  func binaryFormats(_ head: String, _ name: String) {
    let refusal = Tables.refusal(Array(head.utf8) + [UInt8](repeating: 0, count: 200))
    #expect(refusal.hasPrefix("'t' is \(name)") && refusal.contains("which is not supported; "), "\(refusal)")
  }

  @Test("binary formats with other bytes than ASCII are named")
  func furtherFormats() {
    let zeros = [UInt8](repeating: 0, count: 200)
    let examples: [([UInt8], String)] = [
      ([0x89] + Array("HDF\r\n\u{1A}\n".utf8), "an HDF5 file"), ([0x80, 4, 0x95, 0], "a Python pickle"),
      ([UInt8](repeating: 0, count: 12) + [0xC2, 0xEA, 0x81, 0x60], "a SAS file"),
      ([0xFF, 0xFF, 0xFF, 0xFF, 0x30, 0], "an Arrow stream"),
    ]
    for (head, name) in examples { #expect(Tables.refusal(head + zeros).contains("is \(name), which")) }
  }

  @Test("an encrypted workbook is told from one of before 2007")
  func encrypted() {
    var bytes = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 4 * 512)
    bytes[30] = 9
    bytes[48] = 1
    #expect(Tables.refusal(bytes).contains("is an Excel workbook of before 2007"))
    let name: [UInt8] = "EncryptedPackage".utf16.flatMap { unit -> [UInt8] in [UInt8(unit), 0] }
    bytes.replaceSubrange(1024 + 128..<1024 + 128 + name.count, with: name)
    #expect(
      Tables.refusal(bytes).contains("is an encrypted workbook, which is not supported; open it with its password"))
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
