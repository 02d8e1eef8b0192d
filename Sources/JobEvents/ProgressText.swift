internal import Wording

/// The progress of a job in words, the same wherever people read it.
package enum ProgressText {
  /// Returns text such as `61 %, about 4 min left`.
  ///
  /// `nowSeconds`: The clock of the events that `meter` has taken.
  package static func sentence(_ meter: ProgressMeter, nowSeconds: Double) -> String {
    sentence(meter, secondsLeft: meter.secondsLeft(nowSeconds: nowSeconds))
  }

  /// Returns the same text with another estimate of the time; nil if it is unknown.
  package static func sentence(_ meter: ProgressMeter, secondsLeft: Double?) -> String {
    let share = "\(NumberText.percent(meter.fraction ?? 0)) %"
    return [share, timeLeft(secondsLeft)].compactMap { $0 }.joined(separator: ", ")
  }

  /// Returns text such as `about 4 min left`; nil if the time is unknown or less than half a second.
  package static func timeLeft(_ seconds: Double?) -> String? {
    seconds.flatMap { $0 < 0.5 ? nil : "about \(DurationText.words($0)) left" }
  }
}
