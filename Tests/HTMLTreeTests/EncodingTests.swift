import Documents
import Testing

@testable import HTMLTree

@Suite struct EncodingTests {
  static func text(_ bytes: [UInt8], _ contentType: String? = nil) throws -> (Encoding, String) {
    let tree = try #require(HTMLTree.parse(bytes, contentType: contentType).value)
    let texts = tree.nodes.indices.filter { tree.nodes[$0].tag == .text }.map {
      tree.string(of: $0)
    }
    return (tree.encoding, texts.joined())
  }

  @Test(arguments: [
    ("utf-8", Encoding.utf8), (" UTF8\n", .utf8), ("unicode-1-1-utf-8", .utf8),
    ("latin1", .windows1252),
    ("ascii", .windows1252), ("iso-8859-1", .windows1252), ("ISO_8859-9", .windows1254),
    ("gb2312", .gbk), ("x-sjis", .shiftJis), ("ks_c_5601-1987", .eucKr),
    ("hz-gb-2312", .replacement),
    ("unicode", .utf16le), ("cp1251", .windows1251), ("big5-hkscs", .big5),
    ("dos-874", .windows874),
  ])
  func labels(label: String, expected: Encoding) { #expect(Encoding(label: label) == expected) }

  /// The standard has 228 labels of 40 encodings, and each names itself.
  @Test func everyLabelIsKnown() {
    #expect(Encoding.labels.flatMap(\.1).count == 228)
    #expect(
      Set(Encoding.labels.map(\.0)) == Set(Encoding.allCases) && Encoding.allCases.count == 40)
    for (encoding, labels) in Encoding.labels {
      for label in labels {
        #expect(Encoding(label: "\t\(label.uppercased()) ") == encoding, "\(label)")
      }
      #expect(labels.contains(encoding.rawValue), "\(encoding)")
    }
  }

  @Test(arguments: ["", "utf-7", "utf-32", "nosuch", String(repeating: "x", count: 100_000)])
  func otherLabelsAreNone(label: String) { #expect(Encoding(label: label) == nil) }

  @Test(
    arguments: [
      (.windows1252, [0x93, 0x81, 0xE9], "\u{201C}\u{81}é"),
      (.windows1251, [0xCF, 0xF0], "Пр"),
      (.koi8R, [0xF0, 0xD2], "Пр"),
      (.shiftJis, [0x93, 0xFA, 0x96, 0x7B], "日本"),
      (.eucJp, [0xC6, 0xFC, 0xCB, 0xDC], "日本"),
      (.gbk, [0xD6, 0xD0], "中"),
      (.gb18030, [0xD6, 0xD0], "中"),
      (.big5, [0xA4, 0xA4], "中"),
      (.eucKr, [0xC7, 0xD1], "한"),
      (.iso88592, [0xB1], "ą"),
      (.iso885915, [0xA4], "€"),
      (.macintosh, [0x8E], "é"),
      (.windows874, [0xA1], "ก"),
      (.iso88598I, [0xE0], "א"),
      (.xUserDefined, [0x80, 0xFF], "\u{F780}\u{F7FF}"),
      (.utf8, [0xC3, 0xA9, 0xFF, 0x61], "é\u{FFFD}a"),
      (.shiftJis, [0x93, 0xFA, 0x93], "日\u{FFFD}"),
      (.replacement, [0x61, 0x62], "\u{FFFD}"),
      (.koi8U, [0xAE, 0xBE], "\u{45E}\u{40E}"),
      (.macintosh, [0xC6, 0xDB], "\u{2206}€"),
      (.xMacCyrillic, [0xFF], "€"),
      (.windows874, [0x81, 0x80, 0xDB], "\u{81}€\u{FFFD}"),
      // A letter and an accent stay two characters.
      (.windows1258, [0x61, 0xEC], "a\u{301}"),
      (.windows1255, [0xE9, 0xC4], "\u{5D9}\u{5B4}"),
      (.gbk, [0x80, 0xA2, 0xE3], "€€"),
      // The rows that vendors added to JIS X 0208.
      (.eucJp, [0xAD, 0xA1, 0xA1, 0xC1], "①\u{FF5E}"),
      (.iso2022Jp, [0x1B, 0x24, 0x42, 0x2D, 0x21, 0x1B, 0x28, 0x42, 0x61], "①a"),
      (.iso2022Jp, [0x1B, 0x28, 0x49, 0x31, 0x1B, 0x28, 0x4A, 0x5C, 0x7E], "ｱ¥‾"),
      (
        .iso2022Jp, [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x46, 0x1B, 0x5B, 0x80],
        "日\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
      ),
    ] as [(Encoding, [UInt8], String)])
  func headerDecides(encoding: Encoding, bytes: [UInt8], expected: String) throws {
    let found = try Self.text(
      Array("<p>".utf8) + bytes, "text/html; charset=\"\(encoding.rawValue)\"")
    #expect(found.0 == encoding)
    // What the replacement encoding replaces is the page with its tags.
    #expect(found.1 == expected)
  }

  @Test(arguments: Encoding.allCases.filter { ![.utf16be, .utf16le, .replacement].contains($0) })
  func everyEncodingDecodesASCII(encoding: Encoding) throws {
    let type = "text/html;charset=\(encoding.rawValue)"
    #expect(try Self.text(Array("<p>abc".utf8), type).1 == "abc")
  }

  @Test func byteOrderMarkGoesFirst() throws {
    #expect(
      try Self.text([0xEF, 0xBB, 0xBF] + Array("<p>é".utf8), "text/html;charset=koi8-r") == (
        .utf8, "é"
      ))
    #expect(try Self.text([0xFF, 0xFE, 0x61, 0, 0xE9, 0]) == (.utf16le, "aé"))
    #expect(try Self.text([0xFE, 0xFF, 0, 0x61, 0, 0xE9]) == (.utf16be, "aé"))
  }

  @Test(arguments: [
    ("<meta charset=windows-1251>", Encoding.windows1251),
    ("<META http-equiv=Content-Type content='text/html; charset=koi8-r'>", .koi8R),
    ("<meta content='text/html; charset=koi8-r' http-equiv='content-type'>", .koi8R),
    ("<!-- <meta charset=big5> --><meta charset='shift_jis'>", .shiftJis),
    ("<meta name=x content='charset=big5'><meta charset=\"gbk\" />", .gbk),
    ("<a title='<meta charset=big5>'><meta charset=euc-kr>", .eucKr),
    ("<meta charset=utf-16le>", .utf8),
    ("<meta charset=x-user-defined>", .windows1252),
    ("<?xml version='1.0'?><meta charset = 'iso-8859-2'>", .iso88592),
    ("<?xml version='1.0' encoding='koi8-r'?><meta charset=iso-8859-2>", .iso88592),
    ("<?xml version='1.0' encoding = \"koi8-r\"?>", .koi8R),
    ("<?xml encoding='utf-16'?>", .utf8),
    ("<meta charset=replacement>", .replacement),
    ("<meta charset=utf-16>", .utf8),
  ])
  func metaIsRead(head: String, expected: Encoding) throws {
    #expect(try Self.text(Array(head.utf8) + [0x3C, 0x70, 0x3E, 0xE0, 0xE1]).0 == expected)
  }

  @Test func metaIsReadInTheFirstKilobyteOnly() throws {
    let far =
      Array(String(repeating: " ", count: 1100).utf8) + Array("<meta charset=koi8-r><p>é".utf8)
    #expect(try Self.text(far).0 == .utf8)
    let legacy =
      Array(String(repeating: " ", count: 1100).utf8) + Array("<meta charset=koi8-r>".utf8) + [0xF0]
    #expect(try Self.text(legacy).0 == .koi8R)
  }

  @Test(arguments: [
    (Encoding.windows1252, "L\u{E9}gende d'un \u{E9}t\u{E9} \u{E0} la mer", nil as [UInt8]?),
    (
      .windows1251, "",
      [
        0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, 0x20, 0xEC, 0xE8, 0xF0, 0x20, 0xEA, 0xE0, 0xEA, 0x20,
        0xE4, 0xE5, 0xEB, 0xE0,
      ]
    ),
    (
      .shiftJis, "",
      [
        0x82, 0xB1, 0x82, 0xEA, 0x82, 0xCD, 0x83, 0x65, 0x83, 0x58, 0x83, 0x67, 0x82, 0xC5, 0x82,
        0xB7, 0x81, 0x42,
      ]
    ),
    (
      .eucJp, "",
      [
        0xA4, 0xB3, 0xA4, 0xEC, 0xA4, 0xCF, 0xA5, 0xC6, 0xA5, 0xB9, 0xA5, 0xC8, 0xA4, 0xC7, 0xA4,
        0xB9, 0xA1, 0xA3,
      ]
    ),
    (
      .gbk, "",
      [
        0xD6, 0xD0, 0xB9, 0xFA, 0xC8, 0xCB, 0xC3, 0xF1, 0xD4, 0xDA, 0xB1, 0xB1, 0xBE, 0xA9, 0xB5,
        0xC4, 0xCA, 0xD0, 0xB3, 0xA1,
      ]
    ),
  ])
  func bytesThatSayNothingAreGuessed(expected: Encoding, latin: String, bytes: [UInt8]?) throws {
    let body = bytes ?? latin.unicodeScalars.map { UInt8($0.value) }
    #expect(try Self.text(Array("<p>".utf8) + body).0 == expected)
  }
}
