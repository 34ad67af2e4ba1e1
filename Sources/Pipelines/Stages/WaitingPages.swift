internal import Curation
internal import Documents

/// Curated pages that wait to be written, so that their images are brought out of a store together.
struct WaitingPages {
  /// A page and what its image URLs lead to.
  struct Page {
    var document: InterleavedDocument
    var curated: CuratedPage
    var images: [String: Decision<ResolvedImage>]
  }

  private static let mostPages = 512
  private static let mostTextBytes = 16 << 20

  /// In the order in which they are written.
  private(set) var pages: [Page] = []
  private var places: Set<RecordLocation> = []
  private var imageBytes: Int64 = 0
  private var textBytes = 0

  /// Adds a page and the images that it needs and that are not at hand.
  mutating func add(_ page: Page, bringing images: [ResolvedImage]) {
    pages.append(page)
    textBytes += page.document.texts.reduce(0) { $0 + $1.text.utf8.count }
    for image in images where places.insert(image.location).inserted {
      imageBytes += image.location.memberLength
    }
  }

  /// Whether waiting for more is of no use, or takes too much memory.
  var areEnough: Bool {
    places.isEmpty || imageBytes >= ImageBytesReader.batchBytes || pages.count >= Self.mostPages
      || textBytes >= Self.mostTextBytes
  }
}
