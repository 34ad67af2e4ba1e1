/// What the elements around a place say of it, by their names, roles, classes and identifiers.
///
/// The raw values are columns of the block model's features: a new case goes to the end.
struct Surroundings: OptionSet, Hashable, Sendable {
  let rawValue: UInt64

  init(rawValue: UInt64) { self.rawValue = rawValue }

  private init(bit: Int) { rawValue = 1 << UInt64(bit) }

  /// The number of bits in use.
  static let count = 61

  // By the element's name, its role or its other attributes.
  static let navigation = Self(bit: 0)
  static let header = Self(bit: 1)
  static let footer = Self(bit: 2)
  static let aside = Self(bit: 3)
  static let main = Self(bit: 4)
  static let article = Self(bit: 5)
  static let form = Self(bit: 6)
  static let figure = Self(bit: 7)
  static let quotation = Self(bit: 8)
  static let table = Self(bit: 9)
  static let listItem = Self(bit: 10)
  static let link = Self(bit: 11)
  static let button = Self(bit: 12)
  static let hidden = Self(bit: 13)
  static let ariaHidden = Self(bit: 14)
  static let dialog = Self(bit: 15)
  static let definition = Self(bit: 16)
  static let label = Self(bit: 17)
  static let section = Self(bit: 18)
  static let listItemProperty = Self(bit: 19)

  // By the words of its classes and identifiers.
  static let menuWord = Self(bit: 20)
  static let breadcrumbWord = Self(bit: 21)
  static let sidebarWord = Self(bit: 22)
  static let widgetWord = Self(bit: 23)
  static let footerWord = Self(bit: 24)
  static let headerWord = Self(bit: 25)
  static let shareWord = Self(bit: 26)
  static let relatedWord = Self(bit: 27)
  static let advertisementWord = Self(bit: 28)
  static let consentWord = Self(bit: 29)
  static let overlayWord = Self(bit: 30)
  static let commentWord = Self(bit: 31)
  static let authorWord = Self(bit: 32)
  static let metadataWord = Self(bit: 33)
  static let categoryWord = Self(bit: 34)
  static let paginationWord = Self(bit: 35)
  static let subscriptionWord = Self(bit: 36)
  static let searchWord = Self(bit: 37)
  static let contentWord = Self(bit: 38)
  static let productWord = Self(bit: 39)
  static let reviewWord = Self(bit: 40)
  static let threadWord = Self(bit: 41)
  static let itemWord = Self(bit: 42)
  static let headingWord = Self(bit: 43)
  static let captionWord = Self(bit: 44)
  static let contentsWord = Self(bit: 45)
  static let codeWord = Self(bit: 46)
  static let descriptionWord = Self(bit: 47)
  static let galleryWord = Self(bit: 48)
  static let referenceWord = Self(bit: 49)
  static let screenReaderWord = Self(bit: 50)
  static let legalWord = Self(bit: 51)
  static let userWord = Self(bit: 52)
  static let quoteWord = Self(bit: 53)
  static let actionWord = Self(bit: 54)
  static let leadWord = Self(bit: 55)
  static let postWord = Self(bit: 56)
  static let logoWord = Self(bit: 57)
  static let bodyWord = Self(bit: 58)
  static let listWord = Self(bit: 59)

  // By the element's name once more.
  static let noscript = Self(bit: 60)
}
