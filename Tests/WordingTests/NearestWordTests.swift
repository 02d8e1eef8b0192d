import Testing
import Wording

@Suite("The known word nearest to a misspelt one")
struct NearestWordTests {
  private static let words = ["hidden", "epochs", "rate", "rho", "l1", "l2"]

  @Test(
    "one missing, added, wrong or swapped letter leads to the word, in any case",
    arguments: [
      ("hiden", "hidden"), ("hiddxen", "hidden"), ("hodden", "hidden"), ("hidedn", "hidden"), ("Epochs", "epochs"),
      ("RATES", "rate"), ("ro", "rho"),
    ])
  func found(_ word: String, _ expected: String) { #expect(NearestWord.find(word, among: Self.words) == expected) }

  @Test(
    "a word that shares too little with all others leads to none",
    arguments: ["dropout", "x", "", "h", String(repeating: "hidden", count: 11)])
  func missing(_ word: String) { #expect(NearestWord.find(word, among: Self.words) == nil) }

  @Test("of equally near words the first is found")
  func first() {
    #expect(NearestWord.find("l3", among: Self.words) == "l1")
    #expect(NearestWord.find("l3", among: [String]()) == nil)
  }

  @Test(
    "the name of a file is found without its ending, and hidden files never",
    arguments: [
      ("iris", "iris.csv"), ("irsi.csv", "iris.csv"), ("adult.csv", nil), (".iris.cs", "iris.csv"), ("iris.csv", nil),
    ] as [(String, String?)])
  func files(_ word: String, _ expected: String?) {
    #expect(NearestWord.file(word, among: ["trees.parquet", "iris.csv", ".iris.csv"]) == expected)
  }
}
