public import Documents

extension Reason.Code {
  /// A page has no text that is content.
  public static let noText = Self("noText")
  /// A document has as many nodes as it may have.
  public static let tooManyNodes = Self("tooManyNodes")
  /// The end of a page is missing, because the page broke a bound of its tree.
  public static let pageCut = Self("pageCut")
  /// Elements were too deep to be told apart; their text is that of the element above them.
  public static let tooDeep = Self("tooDeep")

  /// A part of a page by which readers move about a site.
  public static let navigation = Self("navigation")
  /// A part of a page that the page hides.
  public static let hidden = Self("hidden")
  /// A formula once more, in a notation for machines.
  public static let secondForm = Self("secondForm")
  /// A sign that links to the heading it stands behind.
  public static let permanentLink = Self("permanentLink")
  /// An advertisement, or a call to subscribe, share or agree.
  public static let promotion = Self("promotion")
  /// A part of a page that the block model takes for no content; `measured` is the highest
  /// probability of its blocks, `threshold` the least that is kept on the page.
  public static let boilerplate = Self("boilerplate")

  /// An image element without an address.
  public static let noImageAddress = Self("noImageAddress")
  /// An image's address that is no URL of a scheme that images are read from.
  public static let badImageAddress = Self("badImageAddress")
  /// An image whose address the document already holds.
  public static let repeatedImage = Self("repeatedImage")
  /// A copy of the image beside it for readers without scripts.
  public static let fallbackImage = Self("fallbackImage")
  /// An image that is declared smaller than a picture; `measured` is its smaller side in CSS pixels.
  public static let tooSmallDeclared = Self("tooSmallDeclared")
  /// An image that counts readers.
  public static let tracker = Self("tracker")
  /// A logo, icon, avatar, button or spacer.
  public static let ornament = Self("ornament")
  /// A vector graphic, which is not decoded.
  public static let vectorImage = Self("vectorImage")
  /// An image of a part of the page that is no content.
  public static let outsideContent = Self("outsideContent")
}
