/// Dates of HTTP <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7>.
package enum HTTPDate {
  /// The seconds since 1970 of a date in any of the three forms that a recipient must accept.
  package static func parse(_ text: String) -> Int64? {
    let words = text.split { " ,-".contains($0) }.map(String.init)
    switch words.count {
    case 6 where words[4].contains(":"):
      // Sun, 06 Nov 1994 08:49:37 GMT, and Sunday, 06-Nov-94 08:49:37 GMT
      return seconds(year: words[3], month: words[2], day: words[1], time: words[4])
    case 5 where words[3].contains(":"):
      // Sun Nov  6 08:49:37 1994
      return seconds(year: words[4], month: words[1], day: words[2], time: words[3])
    default: return nil
    }
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func seconds(year: String, month: String, day: String, time: String) -> Int64? {
    let clock = time.split(separator: ":").compactMap { Int64($0) }
    guard var year = Int64(year), let month = months.firstIndex(of: month), let day = Int64(day),
      clock.count == 3, 1...31 ~= day, 0...23 ~= clock[0], 0...59 ~= clock[1], 0...60 ~= clock[2],
      0...9999 ~= year
    else { return nil }
    // A year of two digits is of the century in which it is not far ahead.
    if year < 100 { year += year < 70 ? 2000 : 1900 }
    let days = daysSince1970(year: year, month: Int64(month) + 1, day: day)
    return days * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
  }

  /// The days from 1970 to a date of the Gregorian calendar (Hinnant,
  /// <https://howardhinnant.github.io/date_algorithms.html#days_from_civil>).
  private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = year / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
