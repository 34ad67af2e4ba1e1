internal import CLanguage

/// Identifies the language of plain text by the Compact Language Detector 2
/// (<https://github.com/CLD2Owners/cld2>), which knows 83 languages.
public enum LanguageIdentifier {
  /// How many bytes of a text are looked at; a page's language is plain long before.
  public static let maximumBytes = 1 << 20

  /// Identifies the languages of a text by the text alone, without regard to what a page declares.
  public static func identify(_ text: String) -> IdentifiedLanguage {
    let bytes = interchangeable(text)
    var result = CLanguage_Result()
    let status = bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress?.withMemoryRebound(to: CChar.self, capacity: buffer.count) {
        CLanguage_identify($0, buffer.count - padding.count, &result)
      }
    }
    // The text was made valid above, and the library throws only where memory is wanting, when
    // nothing else works either.
    guard status == CLanguage_ok else { fatalError("CLD2 cannot read a text made for it") }
    let candidates = [result.candidates.0, result.candidates.1, result.candidates.2]
      .map { IdentifiedLanguage.Candidate(code: $0.text, percentage: Int($0.percentage)) }
      .filter { $0.code != "un" && $0.percentage > 0 }
    return IdentifiedLanguage(
      candidates: candidates, letterBytes: Int(result.letterBytes), isReliable: result.isReliable)
  }

  /// Zero bytes after the text, since CLD2's scanners read some bytes at a time.
  private static let padding = [UInt8](repeating: 0, count: 32)

  /// The first bytes of a text, with the scalars that CLD2 refuses (controls and noncharacters)
  /// replaced by spaces.
  private static func interchangeable(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(text.utf8.count, maximumBytes) + padding.count)
    for scalar in text.unicodeScalars {
      let encoded = UTF8.encode(isInterchangeable(scalar) ? scalar : " ")
      guard let encoded, bytes.count + encoded.count <= maximumBytes else { break }
      bytes.append(contentsOf: encoded)
    }
    bytes.append(contentsOf: padding)
    return bytes
  }

  private static func isInterchangeable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E: true
    case 0x00...0x1F, 0x7F...0x9F, 0xFDD0...0xFDEF: false
    default: scalar.value & 0xFFFE != 0xFFFE
    }
  }
}

extension CLanguage_Candidate {
  fileprivate var text: String {
    withUnsafeBytes(of: code) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
