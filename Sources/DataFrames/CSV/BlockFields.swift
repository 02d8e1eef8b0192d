/// The builder of each column, with the rules for its fields.
///
/// Pointers avoid copies and reference counting, which would slow down every field in every thread.
struct BlockFields {
  let builders: UnsafePointer<Unmanaged<ColumnBuilder>>
  let rules: UnsafePointer<Unmanaged<FieldRules>>

  /// Calls `body` with the fields of columns.
  static func with(
    _ builders: [ColumnBuilder], plans: [ColumnPlan], missing: [MissingFields], _ body: (BlockFields) -> Void
  ) {
    let rules = zip(missing, plans).map { FieldRules(missing: $0, form: $1.form) }
    let references = (builders: builders.map(Unmanaged.passUnretained), rules: rules.map(Unmanaged.passUnretained))
    withExtendedLifetime((builders, rules)) {
      references.builders.withUnsafeBufferPointer { builders in
        references.rules.withUnsafeBufferPointer { rules in
          guard let builders = builders.baseAddress, let rules = rules.baseAddress else { return }
          body(BlockFields(builders: builders, rules: rules))
        }
      }
    }
  }

  @inline(__always)
  func lane(_ column: Int, takesTexts: Bool) -> FieldLane {
    builders[column]._withUnsafeGuaranteedRef { builder in
      rules[column]._withUnsafeGuaranteedRef { FieldLane(builder, $0, takesTexts: takesTexts) }
    }
  }

  /// Returns true if the bytes from `start` to `end` count as missing in a column.
  @inline(__always)
  func isMissing(_ column: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    rules[column]._withUnsafeGuaranteedRef { $0.missing.contains(bytes, start, end) }
  }

  @inline(__always)
  func setMissing(_ column: Int, _ row: Int) { builders[column]._withUnsafeGuaranteedRef { $0.setMissing(row) } }

  @inline(__always)
  func setLevel(_ column: Int, _ row: Int, _ text: UnsafeBufferPointer<UInt8>) {
    guard let start = text.baseAddress else { return }
    builders[column]._withUnsafeGuaranteedRef { $0.set(row, level: start, count: text.count) }
  }

  @inline(__always)
  func setText(_ column: Int, _ row: Int, _ text: UnsafeBufferPointer<UInt8>) {
    builders[column]._withUnsafeGuaranteedRef { $0.set(row, text: text) }
  }
}
