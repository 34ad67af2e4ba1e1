import Documents

/// Masks e-mail addresses and public IPv4 addresses in a document's texts.
///
/// FineWeb masks the same two (<https://arxiv.org/abs/2406.17557>, appendix). Other than there: a mask is a
/// name that is reserved for examples (RFC 2606, RFC 5737) and not an address that may be somebody's;
/// what is reserved already is left, so that masking twice changes nothing; and four numbers are an
/// address only where no digit, letter or further number touches them, and no heading or word makes
/// them the number of a section or a version. IPv6 addresses are left.
struct PersonalData {
  var rules: PersonalDataRules

  /// What takes the place of an e-mail address.
  static let email = "email@example.com"
  /// What takes the place of an IP address.
  static let address = "192.0.2.1"

  /// Masks a document's texts, captions, alternative texts and title.
  func mask(_ document: inout InterleavedDocument, counting tally: inout Tally) {
    guard rules.isOn else { return }
    mask(&document.title, &tally)
    for index in document.nodes.indices {
      switch document.nodes[index] {
      case .text(var text):
        text.text = masked(text.text, &tally)
        document.nodes[index] = .text(text)
      case .image(var image):
        mask(&image.alt, &tally)
        mask(&image.caption, &tally)
        document.nodes[index] = .image(image)
      }
    }
  }

  private func mask(_ text: inout String?, _ tally: inout Tally) {
    text = text.map { masked($0, &tally) }
  }

  private func masked(_ text: String, _ tally: inout Tally) -> String {
    var result = text
    if rules.emails, text.utf8.contains(UInt8(ascii: "@")) {
      result = Self.replacing(
        EmailAddresses.ranges(in: Array(result.unicodeScalars)), of: result, by: Self.email,
        code: .maskedEmail, &tally)
    }
    if rules.publicIPs, text.utf8.contains(UInt8(ascii: ".")) {
      result = Self.replacing(
        DottedAddresses.ranges(in: Array(result.unicodeScalars)), of: result, by: Self.address,
        code: .maskedAddress, &tally)
    }
    return result
  }

  private static func replacing(
    _ found: [(range: Range<Int>, isReserved: Bool)], of text: String, by mask: String,
    code: Reason.Code, _ tally: inout Tally
  ) -> String {
    guard !found.isEmpty else { return text }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var start = 0
    for (range, isReserved) in found {
      if isReserved {
        tally.keep()
        continue
      }
      tally.drop(code)
      result.append(contentsOf: scalars[start..<range.lowerBound])
      result.append(contentsOf: mask.unicodeScalars)
      start = range.upperBound
    }
    result.append(contentsOf: scalars[start...])
    return String(result)
  }
}
