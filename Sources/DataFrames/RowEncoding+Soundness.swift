extension RowEncoding {
  /// The maximum number of one-hot units, which `Int32` numbers.
  private static let maximumUnits = Int(Int32.max)

  /// True if rows can be encoded with it, whatever file it came from.
  package var isSound: Bool {
    let names = categoricals.map(\.name) + numerics.map(\.name)
    guard Set(names).count == names.count, categoricals.allSatisfy({ Self.areDistinct($0.levels) }) else {
      return false
    }
    var units = 0
    for column in categoricals {
      let count = unitCount(levelCount: column.levels.count)
      guard column.firstUnit == units, count > 0, units + count <= Self.maximumUnits else { return false }
      units += count
    }
    if let hash, !(1...Self.maximumUnits).contains(hash.slots) { return false }
    if let classes, classes.isEmpty || !Self.areDistinct(classes) { return false }
    guard numerics.allSatisfy({ $0.clip.map { $0 > 0 && $0.isFinite } ?? true }) else { return false }
    let numbers = Set(numerics.map(\.name))
    guard Self.areDistinct(indicators), numbers.isSuperset(of: indicators + indicatorNames) else { return false }
    return Self.areDistinct(transforms.map(\.source)) && transforms.allSatisfy(\.isSound)
  }

  fileprivate static func areDistinct(_ texts: [String]) -> Bool { Set(texts).count == texts.count }
}

extension ColumnTransform {
  /// The number of bits of the largest possible level index.
  private static let maximumBits = 32

  fileprivate var isSound: Bool {
    guard !levels.isEmpty, RowEncoding.areDistinct(levels) else { return false }
    return switch kind {
    case .label(let values), .projection(let values): values.count == levels.count
    case .bits(let count): (1...Self.maximumBits).contains(count)
    case .reordered, .limited: true
    }
  }
}
