/// Dates and times as pages write them for machines.
enum Timestamp {
  /// The earliest year of a page: that of the first one.
  private static let earliestYear = 1991
  private static let latestYear = 2100

  /// Reads a date, or a date and time, of ISO 8601 and writes it as RFC 3339 does; `nil` where it is
  /// neither.
  ///
  /// `2019-04-28 06:01:07+0200` gives `2019-04-28T06:01:07+02:00`. A time without a zone says nothing
  /// that can be compared, so it gives the date alone.
  static func parse(_ text: String) -> String? {
    var reader = DigitReader(text.drop { $0 == " " || $0 == "\n" }.utf8.prefix(40))
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2),
      reader.skip("-"), let day = reader.number(2), earliestYear...latestYear ~= year,
      1...12 ~= month, 1...length(of: month, in: year) ~= day
    else { return nil }
    let date = "\(year)-\(padded(month))-\(padded(day))"
    return date + (time(&reader) ?? "")
  }

  private static func time(_ reader: inout DigitReader) -> String? {
    guard reader.skip("T") || reader.skip(" "), let hour = reader.number(2), hour < 24,
      reader.skip(":"), let minute = reader.number(2), minute < 60
    else { return nil }
    var second = 0
    if reader.skip(":") {
      guard let value = reader.number(2), value <= 60 else { return nil }
      second = value
      if reader.skip(".") { reader.skipDigits() }
    }
    _ = reader.skip(" ")
    guard let zone = zone(&reader) else { return nil }
    return "T\(padded(hour)):\(padded(minute)):\(padded(second))\(zone)"
  }

  private static func zone(_ reader: inout DigitReader) -> String? {
    if reader.skip("Z") { return "Z" }
    let sign = reader.skip("+") ? "+" : reader.skip("-") ? "-" : nil
    guard let sign, let hours = reader.number(2), hours < 24 else { return nil }
    _ = reader.skip(":")
    guard let minutes = reader.number(2), minutes < 60 else { return nil }
    return hours == 0 && minutes == 0 ? "Z" : "\(sign)\(padded(hours)):\(padded(minutes))"
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// Reads numbers of a fixed length out of text.
private struct DigitReader {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  mutating func number(_ length: Int) -> Int? {
    guard at + length <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[at..<at + length] {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    at += length
    return value
  }

  /// Moves past a character, in capitals or not, where it is the next one.
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard at < bytes.count, let wanted = UInt8(exactly: character.value) else { return false }
    let isLetter = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= wanted
    guard bytes[at] == wanted || isLetter && bytes[at] == wanted | 32 else { return false }
    at += 1
    return true
  }

  mutating func skipDigits() {
    while at < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[at] { at += 1 }
  }
}
