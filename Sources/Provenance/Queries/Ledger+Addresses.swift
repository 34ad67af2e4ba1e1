internal import GRDB

extension Ledger {
  /// The records of an address in whatever spelling: of pages, images and others.
  public func records(address url: String) throws -> [RecordRow] {
    try rows(
      "SELECT * FROM records WHERE address = ? ORDER BY part, ordinal", [AddressKey.value(url)])
  }

  /// Where documents show an image of an address in whatever spelling.
  public func documentImages(address url: String) throws -> [DocumentImageRow] {
    try rows(
      "SELECT * FROM document_images WHERE address = ? ORDER BY part, ordinal",
      [AddressKey.value(url)])
  }
}
