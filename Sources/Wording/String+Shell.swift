extension String {
  /// The text as one argument of a command line.
  ///
  /// It is in quotes unless it holds only letters, digits and `_-./:,+=@%`. The name of a file that begins with a
  /// hyphen is preceded by `./`, because a command would take it for an option.
  package var inShell: String {
    let isPlain =
      !isEmpty
      && unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0) || "_-./:,+=@%".unicodeScalars.contains($0)
      }
    let word = isPlain ? self : "'\(replacing("'", with: "'\\''"))'"
    return hasPrefix("-") && self != "-" ? "./\(word)" : word
  }
}
