/// A character encoding of the Encoding Standard <https://encoding.spec.whatwg.org/#names-and-labels>.
///
/// The raw value is the encoding's name in lower case.
public enum Encoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case ibm866
  case iso88592 = "iso-8859-2"
  case iso88593 = "iso-8859-3"
  case iso88594 = "iso-8859-4"
  case iso88595 = "iso-8859-5"
  case iso88596 = "iso-8859-6"
  case iso88597 = "iso-8859-7"
  case iso88598 = "iso-8859-8"
  case iso88598I = "iso-8859-8-i"
  case iso885910 = "iso-8859-10"
  case iso885913 = "iso-8859-13"
  case iso885914 = "iso-8859-14"
  case iso885915 = "iso-8859-15"
  case iso885916 = "iso-8859-16"
  case koi8R = "koi8-r"
  case koi8U = "koi8-u"
  case macintosh
  case windows874 = "windows-874"
  case windows1250 = "windows-1250"
  case windows1251 = "windows-1251"
  case windows1252 = "windows-1252"
  case windows1253 = "windows-1253"
  case windows1254 = "windows-1254"
  case windows1255 = "windows-1255"
  case windows1256 = "windows-1256"
  case windows1257 = "windows-1257"
  case windows1258 = "windows-1258"
  case xMacCyrillic = "x-mac-cyrillic"
  case gbk
  case gb18030
  case big5
  case eucJp = "euc-jp"
  case iso2022Jp = "iso-2022-jp"
  case shiftJis = "shift_jis"
  case eucKr = "euc-kr"
  case replacement
  case utf16be = "utf-16be"
  case utf16le = "utf-16le"
  case xUserDefined = "x-user-defined"
}

extension Encoding {
  /// Finds an encoding by any of its labels, whatever the case and the white space around it.
  public init?(label: some StringProtocol) {
    let isSpace = { (byte: UInt8) in [9, 10, 12, 13, 32].contains(byte) }
    var bytes = Array(label.utf8.drop(while: isSpace))
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    let name = String(decoding: bytes, as: UTF8.self).lowercased()
    guard name.utf8.count <= 32, let encoding = Self.byLabel[name] else { return nil }
    self = encoding
  }

  private static let byLabel: [String: Encoding] = Dictionary(
    uniqueKeysWithValues: labels.flatMap { encoding, names in names.map { ($0, encoding) } })

  /// The converter of glibc that decodes this encoding; `nil` for those decoded without one.
  ///
  /// Where the standard's decoder is that of a vendor's extension (Shift_JIS and EUC-JP as Windows
  /// decodes them, EUC-KR as code page 949), so is the converter.
  var converter: String? {
    switch self {
    case .utf8, .replacement, .xUserDefined, .iso2022Jp: nil
    case .ibm866: "CP866"
    case .iso88592: "ISO-8859-2"
    case .iso88593: "ISO-8859-3"
    case .iso88594: "ISO-8859-4"
    case .iso88595: "ISO-8859-5"
    case .iso88596: "ISO-8859-6"
    case .iso88597: "ISO-8859-7"
    case .iso88598: "ISO-8859-8"
    case .iso88598I: "ISO-8859-8"
    case .iso885910: "ISO-8859-10"
    case .iso885913: "ISO-8859-13"
    case .iso885914: "ISO-8859-14"
    case .iso885915: "ISO-8859-15"
    case .iso885916: "ISO-8859-16"
    case .koi8R: "KOI8-R"
    case .koi8U: "KOI8-U"
    case .macintosh: "MACINTOSH"
    case .windows874: "CP874"
    case .windows1250: "CP1250"
    case .windows1251: "CP1251"
    case .windows1252: "CP1252"
    case .windows1253: "CP1253"
    case .windows1254: "CP1254"
    case .windows1255: "CP1255"
    case .windows1256: "CP1256"
    case .windows1257: "CP1257"
    case .windows1258: "CP1258"
    case .xMacCyrillic: "MAC-UK"
    case .gbk: "GB18030"
    case .gb18030: "GB18030"
    case .big5: "BIG5-HKSCS"
    case .eucJp: "EUC-JP-MS"
    case .shiftJis: "CP932"
    case .eucKr: "CP949"
    case .utf16be: "UTF-16BE"
    case .utf16le: "UTF-16LE"
    }
  }
}
