import Testing
import Wording

@Suite("Texts for terminals, pages and shells")
struct StringTests {
  @Test("control characters and marks that reverse text are escaped; line feeds and tabs stay")
  func controls() {
    #expect("a\nb\tc".escapingControls == "a\nb\tc")
    #expect("\u{1B}[31mred\u{7F}\u{202E}".escapingControls == "\\u001b[31mred\\u007f\\u202e")
    #expect("a\nb\u{1B}c".replacingControls == "a\u{FFFD}b\u{FFFD}c")
    #expect("a\nb\tc\u{0}".onOneLine == "a b c ")
  }

  @Test("markup is escaped, also behind a combining mark")
  func markup() {
    #expect("<a b=\"1\" c='&'>".escapingMarkup == "&lt;a b=&quot;1&quot; c=&#39;&amp;&#39;&gt;")
    #expect("\"\u{301}x".escapingMarkup == "&quot;\u{301}x")
  }

  @Test(
    "a shell reads the word as one argument",
    arguments: [
      ("a-b_c./d:1,2+3=4@5%", "a-b_c./d:1,2+3=4@5%"), ("größe.csv", "größe.csv"), ("", "''"), ("a b", "'a b'"),
      ("it's", "'it'\\''s'"), ("$(rm)", "'$(rm)'"), ("-rf", "./-rf"), ("-a b", "./'-a b'"), ("-", "-"),
    ])
  func shell(_ text: String, _ word: String) { #expect(text.inShell == word) }

  @Test("lists quote names, and items with commas")
  func lists() {
    #expect(["a", "b"].quoted(atMost: 2) == "'a', 'b'")
    #expect(["a", "b", "c", "d"].quoted(atMost: 2) == "'a', 'b' and 2 more")
    #expect([String]().quoted(atMost: 2).isEmpty)
    #expect("a".listed == "a" && "a,b".listed == "'a,b'")
  }

  @Test("long texts are broken at blanks, and words stay whole")
  func wrapping() {
    #expect("one two three".wrapped(to: 7) == "one two\nthree")
    #expect("one two three".wrapped(to: 7, indent: "  ") == "one two\n  three")
    #expect("incomprehensible a".wrapped(to: 5) == "incomprehensible\na")
    #expect("".wrapped(to: 5).isEmpty)
  }

  @Test("texts are cut at their end or in the middle, and padded to a width")
  func widths() {
    #expect("abcdef".shortened(to: 6) == "abcdef" && "abcdef".shortened(to: 4) == "abc…")
    #expect("abcdefgh".shortenedInTheMiddle(to: 5) == "ab…gh" && "abcdefgh".shortenedInTheMiddle(to: 4) == "ab…h")
    #expect("abc".shortenedInTheMiddle(to: 1) == "…" && "abc".shortened(to: 0) == "…")
    #expect("ab".padded(to: 4) == "ab  " && "abcd".padded(to: 2) == "abcd")
  }
}
