internal import Foundation

/// Domain names in ASCII <https://url.spec.whatwg.org/#idna>.
///
/// Unicode names are mapped as UTS #46 maps them in all but rare cases: compatibility composition,
/// lower case, ideographic full stops as dots, soft hyphens and zero-width joiners of no script left
/// out; then each label that is not ASCII is written in Punycode.
enum DomainName {
  /// A name in ASCII and lower case; `nil` where a label cannot be encoded.
  static func ascii(_ name: String) -> String? {
    if name.utf8.allSatisfy({ $0 < 0x80 }) { return name.lowercased() }
    var labels: [String] = []
    for label in mapped(name).split(separator: ".", omittingEmptySubsequences: false) {
      if label.utf8.allSatisfy({ $0 < 0x80 }) {
        labels.append(String(label))
      } else {
        guard let encoded = Punycode.encode(label.unicodeScalars) else { return nil }
        labels.append("xn--" + encoded)
      }
    }
    return labels.joined(separator: ".")
  }

  private static func mapped(_ name: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in name.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
      switch scalar.value {
      case 0x3002, 0xFF0E, 0xFF61: scalars.append(".")
      case 0xAD, 0x200B, 0x2060, 0xFEFF, 0xFE00...0xFE0F: continue
      default: scalars.append(scalar)
      }
    }
    return String(scalars).precomposedStringWithCanonicalMapping
  }
}
