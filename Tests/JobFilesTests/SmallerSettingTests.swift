import JobFiles
import Testing

@Suite("Smaller values of settings that are too large")
struct SmallerSettingTests {
  @Test("the largest round number that is accepted is found", arguments: [1, 7, 65, 999, 12_345, 4_000_000_000])
  func numbers(limit: Int) throws {
    let found = try #require(SmallerSetting.number(5_000_000_000) { $0 <= limit })
    #expect(found <= limit && 10 * found > limit)
  }

  @Test("layers are reduced by the same factor, and none below one unit")
  func layers() {
    #expect(SmallerSetting.layers([200_000, 100_000, 3]) { $0[0] <= 7000 } == [6000, 3000, 1])
    #expect(SmallerSetting.layers([100]) { _ in false } == nil)
    #expect(SmallerSetting.number(3) { $0 < 1 } == nil)
    #expect(SmallerSetting.layers([]) { _ in true } == nil)
  }

  @Test("steps become smaller, and none repeats")
  func steps() {
    #expect(SmallerSetting.steps([200, 100]).first == [140, 70])
    #expect(SmallerSetting.steps([2]) == [[1]])
    #expect(SmallerSetting.steps([1]).isEmpty)
  }
}
