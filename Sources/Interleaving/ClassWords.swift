/// The words of classes and identifiers that tell what an element is for.
enum ClassWords {
  private static let vocabulary: [(Surroundings, String)] = [
    (
      .menuWord,
      "nav navbar navigation menu menus submenu dropdown megamenu sitenav topnav mainmenu"
    ),
    (.breadcrumbWord, "breadcrumb breadcrumbs crumb crumbs"),
    (.sidebarWord, "sidebar side rail aside leftcol rightcol left right secondary tertiary"),
    (.widgetWord, "widget widgets module block panel plugin"),
    (.footerWord, "footer foot colophon bottom"),
    (.headerWord, "header masthead topbar top site branding"),
    (
      .shareWord,
      "share sharing social socials sharedaddy addtoany facebook twitter pinterest tweet follow"
    ),
    (
      .relatedWord,
      "related recommended recommendation recommendations popular trending similar suggested recent latest upsell crosssell more also"
    ),
    (
      .advertisementWord,
      "ad ads advert advertisement adsense sponsor sponsored promo promotion banner outbrain taboola dfp affiliate cta"
    ),
    (.consentWord, "cookie cookies consent gdpr ccpa onetrust notice privacybar"),
    (
      .overlayWord,
      "modal popup overlay lightbox dialog tooltip drawer offcanvas toast flyout popover"
    ),
    (
      .commentWord,
      "comment comments commentlist disqus reply replies respond response responses discussion commentary"
    ),
    (.authorWord, "author authors byline bio writer contributor vcard"),
    (
      .metadataWord,
      "meta metadata date time datetime timestamp published updated posted info stats views permalink"
    ),
    (.categoryWord, "tag tags category categories cat topics keywords taxonomy label labels badge"),
    (
      .paginationWord, "pagination pager paging paginate next prev previous pages nextprev loadmore"
    ),
    (
      .subscriptionWord,
      "newsletter subscribe subscription signup signin login register optin account mailchimp paywall"
    ),
    (.searchWord, "search filter filters sort sorting facet facets searchform refine"),
    (.contentWord, "content contents article main primary single page rich prose markdown wysiwyg"),
    (
      .productWord,
      "product products price prices cart sku buy shop basket checkout stock shipping woocommerce variant"
    ),
    (.reviewWord, "review reviews rating ratings star stars testimonial testimonials feedback"),
    (
      .threadWord,
      "forum thread topic message messages msg messagetext postbody bbcode question answer answers"
    ),
    (.itemWord, "item items card cards tile tiles teaser entry result results cell"),
    (.headingWord, "title titles heading headline hero headings subtitle subheading"),
    (.captionWord, "caption captions credit credits figcaption legend attribution wp tright tleft"),
    (.contentsWord, "toc tableofcontents outline index jump anchor anchors"),
    (.codeWord, "code highlight syntax snippet docs documentation api codehilite pre"),
    (
      .descriptionWord,
      "description descriptions details detail spec specs specification specifications features feature tab tabs accordion faq faqs collapse attributes"
    ),
    (
      .galleryWord,
      "gallery carousel slider slide slides slideshow swiper slick thumbs thumbnail thumbnails thumb"
    ),
    (
      .referenceWord,
      "footnote footnotes reference references citation cite bibliography reflist endnotes"
    ),
    (
      .screenReaderWord,
      "sr screen reader hidden hide visuallyhidden skip noprint assistive invisible offscreen"
    ),
    (.legalWord, "copyright legal privacy terms disclaimer policy"),
    (.userWord, "user username profile avatar signature member members poster usercard"),
    (.quoteWord, "quote blockquote pullquote pull quoted quotation"),
    (
      .actionWord,
      "action actions toolbar tools tool edit print button buttons btn controls control"
    ),
    (.leadWord, "lead intro introduction excerpt summary standfirst dek abstract subhead"),
    (.postWord, "post posts blog story news entry hentry posting"),
    (.logoWord, "logo logos icon icons sprite brand emoji badge flag"),
    (.bodyWord, "body text copy paragraph richtext articlebody wrapper container inner"),
    (
      .listWord, "list listing listings grid row rows feed archive collection stream loop directory"
    ),
  ]

  private static let surroundings: WordTable<Surroundings> = {
    var table: [UInt64: Surroundings] = [:]
    for (surroundings, words) in vocabulary {
      for word in words.split(separator: " ") {
        table[hash(word.utf8), default: []].formUnion(surroundings)
      }
    }
    return WordTable(table)
  }()

  /// What the words of a class or identifier say, words being parted by anything but letters and by
  /// capitals.
  static func surroundings(of bytes: ArraySlice<UInt8>) -> Surroundings {
    var found: Surroundings = []
    var word = seed
    var length = 0
    var afterSmall = false
    func end() {
      if length > 1, let meaning = surroundings[word] { found.formUnion(meaning) }
      word = seed
      length = 0
    }
    for byte in bytes.prefix(512) {
      let isCapital = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
      let isSmall = UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
      if isCapital, afterSmall { end() }
      if isCapital || isSmall {
        word = (word ^ UInt64(byte | 32)) &* 0x0000_0100_0000_01b3
        length += 1
      } else {
        end()
      }
      afterSmall = isSmall
    }
    end()
    return found
  }

  private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

  /// FNV-1a.
  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(seed) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
