package import DataFrames

/// The actions of a rank on tables and letters of rank 0, which concern models that it trains alone.
package struct RankMailbox: Sendable {
  /// Receives the tables of a job, which replace earlier ones.
  let onTables: @Sendable (_ training: Frame, _ validation: Frame?) -> Void
  /// Returns the next letter to rank 0, without waiting for any training.
  let nextLetter: @Sendable () -> [UInt8]
  /// Receives a letter of rank 0.
  let onLetter: @Sendable (_ letter: [UInt8]) throws -> Void
  /// Called when rank 0 sends nothing more.
  let onEnd: @Sendable () -> Void

  package init(
    onTables: @escaping @Sendable (_ training: Frame, _ validation: Frame?) -> Void,
    nextLetter: @escaping @Sendable () -> [UInt8],
    onLetter: @escaping @Sendable (_ letter: [UInt8]) throws -> Void,
    onEnd: @escaping @Sendable () -> Void
  ) {
    self.onTables = onTables
    self.nextLetter = nextLetter
    self.onLetter = onLetter
    self.onEnd = onEnd
  }
}
