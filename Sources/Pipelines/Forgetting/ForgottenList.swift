internal import Documents
internal import Foundation
internal import Storage

extension Reason.Code {
  /// It was taken out by `weft forget` and stays out.
  static let forgotten = Reason.Code("forgotten")
}

/// All that was ever forgotten of a run: what the stages leave out when they make a part anew.
struct ForgottenList: Sendable {
  /// Stands for the address of what was forgotten.
  static let address = "about:forgotten"

  /// What was named.
  private(set) var selectors = ForgetSelectors()
  /// The records that answered one of the addresses.
  private(set) var records: Set<RecordID> = []

  /// A list of nothing.
  init() {}

  /// Reads the records under `forgotten/`; none is a list of nothing.
  init(_ directory: RunDirectory) throws {
    for record in try ForgottenRecord.all(of: directory) {
      selectors.add(record.selectors)
      records.formUnion(record.records)
    }
  }

  /// A list of what is being forgotten.
  init(_ selectors: ForgetSelectors, records: Set<RecordID>) {
    self.selectors = selectors
    self.records = records
  }

  /// Whether there is nothing to leave out.
  var isEmpty: Bool { selectors.isEmpty }

  /// Whether a page or image of an address is left out.
  func match(_ url: String) -> Bool { url == Self.address || selectors.match(url) }

  /// Whether an image is left out: by its digest, or since its bytes came from a forgotten address.
  func match(_ image: ResolvedImage) -> Bool {
    selectors.images.contains(image.digest) || records.contains(image.record)
  }

  /// Whether an image as a document shows it is left out.
  func match(_ image: ImageReference) -> Bool {
    match(image.url) || image.resolved.map(match) ?? false
  }

  /// The document with nothing but their places left of images that are left out.
  func redacted(
    _ document: InterleavedDocument, urls: Set<String> = []
  ) -> InterleavedDocument {
    if isEmpty { return document }
    var redacted = document
    redacted.nodes = document.nodes.map { node in
      guard case .image(let image) = node, match(image) || urls.contains(image.url) else {
        return node
      }
      return .image(ImageReference(url: Self.address, path: image.path))
    }
    return redacted
  }
}
