import LanguageIdentification

/// Identifies the language of each line of standard input.
///
/// Prints a line for each: the code of the first candidate or `-` for none, its percentage, the bytes of
/// letters, and whether the result is reliable.
@main
struct IdentifyLanguages {
  static func main() {
    while let line = readLine() {
      let found = LanguageIdentifier.identify(line)
      let first = found.candidates.first
      print(first?.code ?? "-", first?.percentage ?? 0, found.letterBytes, found.isReliable)
    }
  }
}
