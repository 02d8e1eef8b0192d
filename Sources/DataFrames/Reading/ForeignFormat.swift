/// A format of other programs that is recognised in order to say what to do with the file.
struct ForeignFormat {
  private let magic: [UInt8]
  /// The position of the magic bytes.
  private let offset: Int
  /// The name with its article.
  private let name: String
  private let advice: String

  private init(_ magic: String, at offset: Int = 0, _ name: String, _ advice: String) {
    self.init(Array(magic.utf8), at: offset, name, advice)
  }

  private init(_ magic: [UInt8], at offset: Int = 0, _ name: String, _ advice: String) {
    (self.magic, self.offset, self.name, self.advice) = (magic, offset, name, advice)
  }

  private static let binary =
    [
      ForeignFormat("ARROW1", "an Arrow (Feather) file", withPandas("read_feather")),
      ForeignFormat("FEA1", "a Feather file of version 1", withPandas("read_feather")),
      ForeignFormat([0xFF, 0xFF, 0xFF, 0xFF], "an Arrow stream", "write the table as Parquet or CSV instead"),
      ForeignFormat("ORC", "an ORC file", withPandas("read_orc")),
      ForeignFormat("Obj\u{1}", "an Avro file", "convert it to Parquet, for example with polars: read_avro"),
      ForeignFormat([0x89] + Array("HDF\r\n\u{1A}\n".utf8), "an HDF5 file", withPandas("read_hdf")),
      ForeignFormat("SQLite format 3\0", "an SQLite database", "export the table: sqlite3 -header -csv FILE QUERY"),
      ForeignFormat([0x93] + Array("NUMPY".utf8), "a NumPy array", "write it as CSV with numpy.savetxt"),
      ForeignFormat("RDX2\n", "an R workspace", "write the table with write.csv"),
      ForeignFormat("RDX3\n", "an R workspace", "write the table with write.csv"),
      ForeignFormat("X\n\0\0\0", "an R object (RDS)", "write the table with write.csv"),
      ForeignFormat("$FL2", "an SPSS file", withPandas("read_spss")),
      ForeignFormat("$FL3", "a compressed SPSS file (.zsav)", withPandas("read_spss")),
      ForeignFormat("DUCK", at: 8, "a DuckDB database", "export the table: COPY table TO 'file.parquet'"),
      ForeignFormat("Standard Jet DB", at: 4, "an Access database", "export the table as CSV or .xlsx"),
      ForeignFormat("Standard ACE DB", at: 4, "an Access database", "export the table as CSV or .xlsx"),
      ForeignFormat("MATLAB ", "a MATLAB file", "write the table with writetable or parquetwrite"),
      ForeignFormat([UInt8](repeating: 0, count: 12) + [0xC2, 0xEA, 0x81, 0x60], "a SAS file", withPandas("read_sas")),
      ForeignFormat([0xD0, 0xCF, 0x11, 0xE0], "an Excel workbook of before 2007", "save it as .xlsx or as CSV"),
      ForeignFormat("<stata_dta>", "a Stata file", withPandas("read_stata")),
      ForeignFormat([0x80, 2], "a Python pickle", withPandas("read_pickle")),
      ForeignFormat([0x80, 3], "a Python pickle", withPandas("read_pickle")),
      ForeignFormat([0x80, 4], "a Python pickle", withPandas("read_pickle")),
      ForeignFormat([0x80, 5], "a Python pickle", withPandas("read_pickle")),
    ]

  /// Files of Stata 8 to 12 begin with their release, the order of bytes, and two constants.
  private static let stata = (113...115).flatMap { (release: UInt8) in
    [1, 2].map { (order: UInt8) in
      ForeignFormat([release, order, 1, 0], "a Stata file", withPandas("read_stata"))
    }
  }

  /// Returns the advice to read a file with a function of pandas.
  static func withPandas(_ function: String) -> String {
    "convert it to Parquet or CSV, for example with pandas: \(function), then to_parquet"
  }

  /// Returns the error for a file, or its unpacked content, that begins with `head`; nil for other formats.
  ///
  /// The header of a text table may begin with the word ORC: only bytes that no text has make a file binary.
  static func refusal(of head: some Collection<UInt8>, path: String) -> FrameError? {
    guard !isText(head),
      let format = (binary + stata).first(where: { head.dropFirst($0.offset).starts(with: $0.magic) })
    else {
      return nil
    }
    return .otherFormat(path: path, format: format.name, advice: format.advice)
  }

  /// Returns true if `head` has none of the control characters that text does not have.
  static func isText(_ head: some Collection<UInt8>) -> Bool {
    !head.contains { $0 < 0x20 && !(0x08...0x0D).contains($0) && $0 != 0x1A && $0 != 0x1B }
  }
}
