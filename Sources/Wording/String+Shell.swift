extension String {
  /// The text as one word of a command line: in quotes unless it holds only letters, digits and `_-./:,+=@%`.
  package var inShell: String {
    let isPlain =
      !isEmpty
      && unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0) || "_-./:,+=@%".unicodeScalars.contains($0)
      }
    return isPlain ? self : "'\(replacing("'", with: "'\\''"))'"
  }
}
