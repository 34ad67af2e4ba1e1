import Testing

@testable import Inspection

@Suite struct TextTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func numbersAreGrouped(number: Int, text: String) {
    #expect(NumberText.grouped(number) == text)
  }

  @Test(arguments: [
    (0.0, 1, "0.0"), (0.05, 1, "0.1"), (-0.01, 1, "0.0"), (12.345, 2, "12.35"), (-1.5, 0, "-2"),
    (.nan, 1, "–"), (.infinity, 1, "–"), (0.007, 3, "0.007"),
  ])
  func decimalsAreFixed(number: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(number, decimals) == text)
  }

  @Test func sizesHaveUnits() {
    #expect(NumberText.bytes(999) == "999 B")
    #expect(NumberText.bytes(1000) == "1.0 kB")
    #expect(NumberText.bytes(999_999) == "1.0 MB")
    #expect(NumberText.bytes(48_200_000) == "48.2 MB")
    #expect(NumberText.scientific(0.0002, decimals: 0) == "2e-4")
    #expect(NumberText.scientific(-0.00015, decimals: 1) == "-1.5e-4")
    #expect(NumberText.percent(1, of: 0) == "–")
  }

  /// Nothing of a page steers a terminal or reorders a line.
  @Test func pagesTextIsMadeVisible() {
    #expect(VisibleText.of("a\u{1B}[31m\u{202E}b\nc\td") == "a\\u{1b}[31m\\u{202e}b⏎c⇥d")
    #expect(VisibleText.of("\u{0}\u{7F}\u{85}\u{2028}") == "\\u{0}\\u{7f}\\u{85}\\u{2028}")
    #expect(VisibleText.of("日本語テキスト", width: 7) == "日本語…")
    #expect(VisibleText.of("short", width: 5) == "short")
    #expect(VisibleText.of("longer", width: 5) == "long…")
    let flood = String(repeating: "x", count: 1_000_000)
    #expect(VisibleText.of(flood, width: 10).count == 10)
  }

  @Test func barsAreExactToAnEighth() {
    #expect(BlockBar.text(1, of: 1, width: 4) == "████")
    #expect(BlockBar.text(1, of: 2, width: 3) == "█▌")
    #expect(BlockBar.text(1, of: 1_000_000, width: 10) == "▏")
    #expect(BlockBar.text(0, of: 5, width: 10) == "")
    #expect(BlockBar.text(9, of: 5, width: 2) == "██")
    #expect(BlockBar.text(1, of: 0, width: 2) == "")
  }

  @Test func textIsWrappedToItsWidth() {
    let lines = TextWrap.lines(
      of: "one two three\n\nfour " + String(repeating: "y", count: 25), width: 10)
    #expect(lines == ["one two", "three", "", "four", "yyyyyyyyyy", "yyyyyyyyyy", "yyyyy"])
    #expect(TextWrap.lines(of: "", width: 10) == [""])
  }

  @Test func tablesAreAligned() {
    var table = TextTable([.left, .right])
    table.add("name", "count")
    table.add("日本", "5")
    #expect(table.lines == ["name  count", "日本      5"])
  }
}
