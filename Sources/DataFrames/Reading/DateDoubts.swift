/// The ambiguities in the notation of a date, and its hint at the order of day and month.
struct DateDoubts {
  /// True if day and month could change places.
  var couldSwap = false
  /// True if the order of day and month is a choice in this notation, as with `/`.
  var hasOrder = false
  /// The first and the last number of a date such as `14-01-02`, whose first number may be the year.
  var shortYears: (first: Int, last: Int)?
  /// True for three numbers such as `2.1.24`, which may be those of a version.
  var mayBeVersion = false
}
