/// The sizes of a MOJO, checked against each other and against the content of the archive before use.
///
/// Anyone can write a `model.ini`, so no size may overflow or request more memory than the archive fills.
struct MOJOShape {
  /// The maximum number of one-hot units, which `Int32` numbers.
  private static let maximumUnits = Int(Int32.max)

  /// The number of predictors, which are the first columns.
  let featureCount: Int
  /// The number of categorical predictors, which are the first predictors.
  let categoricalCount: Int
  let numericCount: Int
  /// The first unit of each categorical column, and the end of the last; starts with 0, ascending.
  let categoricalOffsets: [Int]
  let usesAllLevels: Bool

  /// - Throws: ``ExportError`` naming the inconsistent setting.
  init(_ archive: MOJOArchive) throws(ExportError) {
    let columnCount = archive.columns.count
    let response = archive.flag("supervised") ? 1 : 0
    let features = try archive.integer("n_features")
    guard features > 0, features <= columnCount - response, try archive.integer("n_columns") == columnCount else {
      throw MOJOArchive.fault("it lists \(columnCount) columns for \(features) features")
    }
    featureCount = features
    let (cats, nums) = (try archive.integer("cats"), try archive.integer("nums"))
    guard (0...features).contains(cats), nums == features - cats else {
      throw MOJOArchive.fault("cats \(cats) and nums \(nums) do not add up to \(features) features")
    }
    (categoricalCount, numericCount) = (cats, nums)
    usesAllLevels = archive.flag("use_all_factor_levels")
    categoricalOffsets = try Self.offsets(archive, count: cats, usesAllLevels: usesAllLevels)
  }

  private static func offsets(
    _ archive: MOJOArchive, count: Int, usesAllLevels: Bool
  ) throws(ExportError) -> [Int] {
    let given = try archive.integers("cat_offsets")
    // Without categorical columns the list may be empty or hold only the first offset.
    let offsets = given.isEmpty && count == 0 ? [0] : given
    guard offsets.count == count + 1, offsets[0] == 0 else {
      throw MOJOArchive.fault("cat_offsets should start with 0 and have \(count + 1) values, found \(given.count)")
    }
    for column in 0..<count {
      let levels = archive.domains[column] ?? []
      // The sum cannot overflow: the content of the archive bounds both.
      let end = offsets[column] + levels.count + (usesAllLevels ? 1 : 0)
      guard !levels.isEmpty, offsets[column + 1] == end, end <= maximumUnits else {
        throw MOJOArchive.fault("cat_offsets do not match the levels of column '\(archive.columns[column])'")
      }
    }
    return offsets
  }
}
