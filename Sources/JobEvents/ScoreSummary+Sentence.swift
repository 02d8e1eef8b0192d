internal import Wording

extension JobEvent.ScoreSummary {
  /// The score in words, such as `epoch 6.1 of 10, validation AUC 0.8321`.
  package var sentence: String {
    let total = totalEpochs > 0 ? " of \(NumberText.brief(totalEpochs))" : ""
    return "epoch \(NumberText.brief(epochs))\(total), "
      + "\(isValidation ? "validation" : "training") \(headline.name) \(NumberText.brief(headline.value))"
  }
}
