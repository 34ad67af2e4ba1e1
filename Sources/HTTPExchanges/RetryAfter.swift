/// How long a server asks to be left alone
/// <https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3>.
package enum RetryAfter {
  /// The wait that a value of `Retry-After` states: seconds, or a date against the server's own
  /// clock where it tells it, and ours where not.
  ///
  /// - Parameters:
  ///   - value: The field's value.
  ///   - date: The value of the response's `Date`.
  ///   - now: Seconds since 1970.
  package static func wait(_ value: String, date: String?, now: Int64) -> Duration? {
    let text = value.filter { !$0.isWhitespace }
    if !text.isEmpty, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
      return .seconds(min(Int64(text) ?? longest, longest))
    }
    guard let until = HTTPDate.parse(value) else { return nil }
    let base = date.flatMap(HTTPDate.parse) ?? now
    return .seconds(min(max(0, until - base), longest))
  }

  /// A year: more than any run waits.
  private static let longest: Int64 = 366 * 86_400
}
