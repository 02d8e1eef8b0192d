/// The notation in which a table was read.
extension TableReader {
  /// Returns the notation of each column; nil for those without one.
  func notations(_ columns: [Column], _ wanted: [Int], _ sentences: [TypeSentence]) -> [ColumnNotation?] {
    zip(columns, wanted).map { column, index in
      ColumnNotation(
        sentences[index].plan, notes: sentences[index].notes, isWhole: column.typeName == "int",
        isStated: options.statedNumbers != nil)
    }
  }

  /// Returns the notation of the table, for tables that are read alike.
  func notation(_ columns: [Column], _ notations: [ColumnNotation?], format: any TextFormat) -> TableNotation {
    var notation = TableNotation(stated: options)
    for (column, found) in zip(columns, notations) {
      if let found { notation.columns[column.name] = found }
    }
    notation.indexBase = format.indexBase
    return notation
  }

  /// Returns the decimal mark that is stated or that all columns share; nil if they disagree.
  func decimalMark(_ notations: [ColumnNotation?], format: any TextFormat) -> DecimalMark? {
    if let stated = options.statedNumbers?.decimalMark ?? format.layout.decimalMark { return stated }
    let marks = Set(notations.compactMap { $0?.decimalMark })
    return marks.count > 1 ? nil : marks.first ?? .point
  }

  /// Returns the doubt about the decimal mark; nil if it is stated, known from another table, or settled.
  func doubt(
    _ parts: [BlockColumns], _ sentences: [TypeSentence], format: any TextFormat, plan: TypePlan
  ) -> DecimalDoubt? {
    guard options.statedNumbers == nil, plan.samples.count == sentences.count, format.layout.decimalMark == nil,
      !options.knownNotations.values.contains(where: { $0.decimalMark != nil })
    else { return nil }
    let columns = sentences.indices.filter { sentences[$0].plan.kind == .number }.map { index in
      DecimalDoubt.Column(
        mark: sentences[index].plan.form.numbers.decimalMark, notes: sentences[index].notes, sample: plan.samples[index]
      ) { GroupedRows(parts, index) }
    }
    return DecimalDoubt(
      columns, sampled: plan.samples.compactMap(\.firmMark), separator: format.separatorByte)
  }
}
