import JobFiles
import Testing

@Suite("Suggestions for unknown names")
struct NameSuggestionsTests {
  private func texts(_ word: String) -> [String] { ParameterCatalogue.shared.suggestions(for: word).map(\.text) }

  @Test(
    "misspelt keys, parts of names, other tools' names and values are recognised",
    arguments: [
      ("rhoo", "'rho'"), ("lerning", "'learning_rate' (here: rate)"), ("learn rate", "'learning_rate' (here: rate)"),
      ("hidden layers", "'hidden_layers' (here: hidden)"), ("adadleta", "'ADADELTA'"), ("rectifire", "'Rectifier'"),
      ("crossvalidation", "'keep_cross_validation_models'"), ("dropuot", "'dropout' (here: hidden_dropout_ratios)"),
    ])
  func suggested(word: String, first: String) {
    #expect(texts(word).first == first, "\(texts(word))")
  }

  @Test("every suggestion has a meaning, and nonsense has no suggestion")
  func meanings() {
    for word in ["lerning", "hiden", "weight", "validaton", "gridd", "fold", "seeed", "batchsize"] {
      let found = ParameterCatalogue.shared.suggestions(for: word)
      #expect(!found.isEmpty && found.count <= 3, "\(word)")
      for suggestion in found { #expect(ParameterCatalogue.shared.meaning(of: suggestion.name) != nil, "\(word)") }
    }
    for word in ["xyzzy", "", "q", "???"] { #expect(texts(word).isEmpty, "\(word): \(texts(word))") }
  }
}
