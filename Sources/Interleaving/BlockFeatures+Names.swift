extension BlockFeatures {
  /// The names of the columns, in order, as the training script knows them.
  static let names: [String] = {
    var names = [
      "kind", "level", "tag", "length", "words", "wordLength", "linkDensity", "links", "sentences",
      "endsSentence", "commas", "capitalised", "digits", "stopWords", "capitals", "copyright",
      "boilerplate", "boilerplateCount", "year", "price", "repeats", "startsCapital", "endsColon",
      "nonASCII", "questions", "bars", "titleShare", "descriptionShare", "descriptionWords",
      "position", "textPosition", "fromStart", "fromEnd", "afterHeading", "afterProse",
      "beforeProseEnd", "depth", "proseBefore", "proseAfter", "sinceHeading", "headingLevel",
    ]
    for offset in ["-3", "-2", "-1", "+1", "+2", "+3"] {
      names += ["length", "linkDensity", "sentences", "sameTemplate"].map { $0 + offset }
    }
    for reach in [4, 10] {
      names += ["windowLength\(reach)", "windowLinks\(reach)", "windowSentences\(reach)"]
    }
    for level in 0..<5 {
      names += ["text", "links", "share", "prose", "blockLength", "siblings"].map {
        "\($0)@\(level)"
      }
      if level == 0 { names.append("ordinal@0") }
    }
    names += ["mostSiblings", "coreDistance"]
    names += (0..<Surroundings.count).map { "around\($0)" }
    return names + PageMeasures.names
  }()
}
