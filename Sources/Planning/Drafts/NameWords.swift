/// The words of a column name.
enum NameWords {
  /// Returns the words in lower case: `SalePrice`, `sale_price` and `Sale price (EUR)` begin with sale and price.
  static func of(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var previous: Character?
    for character in name {
      let begins = character.isUppercase && previous?.isLowercase == true
      if begins || !(character.isLetter || character.isNumber) {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if character.isLetter || character.isNumber { word += character.lowercased() }
      previous = character
    }
    return word.isEmpty ? words : words + [word]
  }
}
