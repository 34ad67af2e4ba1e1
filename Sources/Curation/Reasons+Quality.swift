public import Documents

extension Reason.Code {
  // Gopher.
  /// The text has too many words.
  public static let tooManyWords = Reason.Code("tooManyWords")
  /// The words are too short in the mean.
  public static let wordsTooShort = Reason.Code("wordsTooShort")
  /// The words are too long in the mean.
  public static let wordsTooLong = Reason.Code("wordsTooLong")
  /// There are too many hash signs.
  public static let tooManyHashSigns = Reason.Code("tooManyHashSigns")
  /// There are too many ellipses.
  public static let tooManyEllipses = Reason.Code("tooManyEllipses")
  /// Too many lines begin with a bullet.
  public static let tooManyBulletLines = Reason.Code("tooManyBulletLines")
  /// Too many lines end with an ellipsis.
  public static let tooManyEllipsisLines = Reason.Code("tooManyEllipsisLines")
  /// Too few words have a letter.
  public static let tooFewAlphabeticWords = Reason.Code("tooFewAlphabeticWords")
  /// Too few of the words that every text has.
  public static let tooFewStopWords = Reason.Code("tooFewStopWords")
  /// Too many paragraphs stand there twice.
  public static let duplicateParagraphs = Reason.Code("duplicateParagraphs")
  /// Too many characters are in paragraphs that stand there twice.
  public static let duplicateParagraphCharacters = Reason.Code("duplicateParagraphCharacters")
  /// Too many lines stand there twice.
  public static let duplicateLines = Reason.Code("duplicateLines")
  /// Too many characters are in lines that stand there twice.
  public static let duplicateLineCharacters = Reason.Code("duplicateLineCharacters")

  // C4.
  /// The line ends in no punctuation.
  public static let noTerminalPunctuation = Reason.Code("noTerminalPunctuation")
  /// The line has too few words.
  public static let lineTooShort = Reason.Code("lineTooShort")
  /// The line has a word of too many characters.
  public static let wordTooLong = Reason.Code("wordTooLong")
  /// The line asks for JavaScript.
  public static let scriptNotice = Reason.Code("scriptNotice")
  /// The line tells of cookies, privacy or terms of use.
  public static let policyLine = Reason.Code("policyLine")
  /// The prose has a curly bracket.
  public static let curlyBracket = Reason.Code("curlyBracket")
  /// The prose has "lorem ipsum".
  public static let loremIpsum = Reason.Code("loremIpsum")
  /// There are too few sentences.
  public static let tooFewSentences = Reason.Code("tooFewSentences")
  /// There are too many sentences.
  public static let tooManySentences = Reason.Code("tooManySentences")

  // FineWeb.
  /// Too few lines end a sentence.
  public static let tooFewPunctuatedLines = Reason.Code("tooFewPunctuatedLines")
  /// Too many lines are short.
  public static let tooManyShortLines = Reason.Code("tooManyShortLines")
  /// Too many characters are in lines that stand there twice, by FineWeb's measure.
  public static let duplicateCharacters = Reason.Code("duplicateCharacters")
  /// There are too many line breaks for the words.
  public static let tooManyLineBreaks = Reason.Code("tooManyLineBreaks")

  // OBELICS and OmniCorpus.
  /// The same runs of characters come again and again.
  public static let characterRepetition = Reason.Code("characterRepetition")
  /// The same runs of words come again and again.
  public static let wordRepetition = Reason.Code("wordRepetition")
  /// Too many characters are no letters.
  public static let tooManySpecialCharacters = Reason.Code("tooManySpecialCharacters")
  /// Too many words are flagged.
  public static let flaggedWords = Reason.Code("flaggedWords")
  /// Too many words are those of buttons and notices.
  public static let spamWords = Reason.Code("spamWords")
  /// There is too little punctuation.
  public static let tooLittlePunctuation = Reason.Code("tooLittlePunctuation")
  /// Too many letters are capitals.
  public static let tooManyCapitals = Reason.Code("tooManyCapitals")
  /// Too many characters are digits.
  public static let tooManyDigits = Reason.Code("tooManyDigits")
  /// There are too few words for the images.
  public static let tooFewWordsPerImage = Reason.Code("tooFewWordsPerImage")
  /// All paragraphs are short.
  public static let paragraphsTooShort = Reason.Code("paragraphsTooShort")

  // Personal data.
  /// An e-mail address was masked.
  public static let maskedEmail = Reason.Code("maskedEmail")
  /// A public IP address was masked.
  public static let maskedAddress = Reason.Code("maskedAddress")
}
