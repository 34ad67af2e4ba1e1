internal import Documents
internal import Hashing

/// A signature of version 4 over one request
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html>.
///
/// The signing that libcurl brings is not used: up to 8.x it leaves out the digest of the body and signs
/// another order of the query than it sends.
struct RequestSignature {
  var credentials: Credentials
  var region: String
  /// Seconds since 1970.
  var time: Int64

  /// The digest of a body of no bytes.
  static let emptyBody = Digest(of: [UInt8]())

  /// The fields of a request with those added that sign it: all that are given are signed.
  ///
  /// - Parameters:
  ///   - path: Percent-encoded.
  ///   - query: Names and values as they are.
  ///   - body: The digest of the body.
  func sign(
    method: String, host: String, path: String, query: [(name: String, value: String)],
    fields: [(name: String, value: String)], body: Digest
  ) -> [(name: String, value: String)] {
    let date = Self.timestamp(time)
    var fields = fields
    fields.append(("x-amz-content-sha256", "\(body)"))
    fields.append(("x-amz-date", date))
    if let token = credentials.sessionToken { fields.append(("x-amz-security-token", token)) }
    let signed = (fields + [("host", host)]).map { ($0.name.lowercased(), $0.value.trimmed) }
      .sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
    let names = signed.map(\.0).joined(separator: ";")
    let request = [
      method, path, Self.queryText(query), signed.map { "\($0.0):\($0.1)\n" }.joined(), names,
      "\(body)",
    ].joined(separator: "\n")
    let scope = "\(date.prefix(8))/\(region)/s3/aws4_request"
    let text = ["AWS4-HMAC-SHA256", date, scope, "\(Digest(of: request.utf8))"]
      .joined(separator: "\n")
    let signature = HMAC.sha256(text.utf8, key: key(date: String(date.prefix(8))))
    fields.append(
      (
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=\(credentials.accessKey)/\(scope),SignedHeaders=\(names),"
          + "Signature=\(signature)"
      ))
    return fields
  }

  /// A query as it is signed and sent: encoded, and sorted by its encoded names.
  static func queryText(_ query: [(name: String, value: String)]) -> String {
    query.map { (PercentCoding.encode($0.name), PercentCoding.encode($0.value)) }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
      .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
  }

  private func key(date: String) -> [UInt8] {
    [date, region, "s3", "aws4_request"].reduce(Array(("AWS4" + credentials.secretKey).utf8)) {
      HMAC.sha256($1.utf8, key: $0).bytes
    }
  }

  /// A time as `20130524T000000Z`.
  static func timestamp(_ time: Int64) -> String {
    let days = time >= 0 ? time / 86_400 : (time - 86_399) / 86_400
    let second = time - days * 86_400
    let (year, month, day) = civil(days)
    func padded(_ number: Int64, _ width: Int) -> String {
      let digits = "\(number)"
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return padded(year, 4) + padded(month, 2) + padded(day, 2) + "T" + padded(second / 3600, 2)
      + padded(second / 60 % 60, 2) + padded(second % 60, 2) + "Z"
  }

  /// The date of the Gregorian calendar so many days after 1970 began (Hinnant,
  /// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>).
  private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }
}
