public import Documents

extension Reason.Code {
  // Images.
  /// The image's URL holds a word that names decoration.
  public static let decorativeURL = Reason.Code("decorativeURL")
  /// The image's shorter side has too few pixels.
  public static let imageTooSmall = Reason.Code("imageTooSmall")
  /// The image's longer side has too many pixels.
  public static let imageTooBig = Reason.Code("imageTooBig")
  /// The image's file is of a format that is not wanted.
  public static let otherFormat = Reason.Code("otherFormat")
  /// The image is too long for its width, or too wide for its height.
  public static let imageTooLong = Reason.Code("imageTooLong")
  /// Every pixel of the image has the same colour.
  public static let singleColour = Reason.Code("singleColour")
  /// The classifier takes the image for unsafe.
  public static let unsafeImage = Reason.Code("unsafeImage")
  /// The document shows the same bytes before.
  public static let duplicateImage = Reason.Code("duplicateImage")
  /// The document shows an image before that looks like it.
  public static let nearDuplicateImage = Reason.Code("nearDuplicateImage")
  /// Too many pages of the run show the image.
  public static let boilerplateImage = Reason.Code("boilerplateImage")
  /// The document has enough images before this one.
  public static let overImageCap = Reason.Code("overImageCap")

  // Text nodes and documents.
  /// The node has no visible character.
  public static let emptyText = Reason.Code("emptyText")
  /// Too much of the text is emoji.
  public static let tooManyEmoji = Reason.Code("tooManyEmoji")
  /// Too many of the text's words are hashtags.
  public static let tooManyHashtags = Reason.Code("tooManyHashtags")
  /// Too many of the text's words are links.
  public static let tooManyLinks = Reason.Code("tooManyLinks")
  /// No text is left.
  public static let noTextLeft = Reason.Code("noTextLeft")
  /// The document has too few words.
  public static let tooFewWords = Reason.Code("tooFewWords")
  /// The text is in a language that is not wanted.
  public static let otherLanguage = Reason.Code("otherLanguage")
  /// The text's language cannot be told.
  public static let unknownLanguage = Reason.Code("unknownLanguage")
  /// No image is left to stand among the text.
  public static let noImages = Reason.Code("noImages")
  /// The document is of the share of documents with one image that is discarded.
  public static let singleImageDiscarded = Reason.Code("singleImageDiscarded")
  /// The document's text is in the interleaved corpus already.
  public static let inInterleavedCorpus = Reason.Code("inInterleavedCorpus")

  // Pages.
  /// The page's domain is on the block list.
  public static let blockedDomain = Reason.Code("blockedDomain")
  /// The page's URL begins with one of the block list.
  public static let blockedURL = Reason.Code("blockedURL")
  /// The page asks not to be used.
  public static let optedOut = Reason.Code("optedOut")

  // Pairs.
  /// The image has neither caption nor alternative text.
  public static let noCaption = Reason.Code("noCaption")
  /// The caption has too few characters or words.
  public static let captionTooShort = Reason.Code("captionTooShort")
  /// The caption has too many characters or words.
  public static let captionTooLong = Reason.Code("captionTooLong")
  /// The caption says that there is an image and nothing else.
  public static let boilerplateCaption = Reason.Code("boilerplateCaption")
  /// The caption is the name of a file.
  public static let fileNameCaption = Reason.Code("fileNameCaption")
  /// The caption is an address.
  public static let addressCaption = Reason.Code("addressCaption")
  /// The caption is the page's title.
  public static let titleCaption = Reason.Code("titleCaption")
  /// The caption had words replaced by tags.
  public static let maskedCaption = Reason.Code("maskedCaption")
  /// Too few of the caption's letters are Latin.
  public static let captionInOtherScript = Reason.Code("captionInOtherScript")
  /// The document has the same image with the same caption before.
  public static let duplicatePair = Reason.Code("duplicatePair")
}
