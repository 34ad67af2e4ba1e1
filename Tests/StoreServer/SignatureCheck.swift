import Documents
import Foundation
import Hashing

/// The store's side of signatures of version 4: what a request should have been signed with.
struct SignatureCheck {
  var accessKey: String
  var secretKey: String

  /// The name of what is wrong with a request's signature; `nil` where nothing is.
  func fault(of request: StoreRequest, now: Date) -> String? {
    guard let given = request.fields["authorization"] else { return "AccessDenied" }
    let parts = given.replacingOccurrences(of: "AWS4-HMAC-SHA256 ", with: "")
      .components(separatedBy: ",").reduce(into: [String: String]()) { parts, part in
        let sides = part.trimmingCharacters(in: .whitespaces).components(separatedBy: "=")
        if sides.count == 2 { parts[sides[0]] = sides[1] }
      }
    let scope = parts["Credential"]?.components(separatedBy: "/") ?? []
    guard scope.count == 5, let names = parts["SignedHeaders"]?.components(separatedBy: ";"),
      let date = request.fields["x-amz-date"], names.contains("host")
    else { return "AuthorizationHeaderMalformed" }
    guard scope[0] == accessKey else { return "InvalidAccessKeyId" }
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.dateFormat = "yyyyMMdd'T'HHmmss'Z'"
    guard let time = formatter.date(from: date), abs(time.timeIntervalSince(now)) < 900 else {
      return "RequestTimeTooSkewed"
    }
    let digest = "\(Digest(of: request.body))"
    guard request.fields["x-amz-content-sha256"] == digest else {
      return "XAmzContentSHA256Mismatch"
    }
    // All fields of the store's own must be signed, or whoever carries the request could change them.
    for name in request.fields.keys where name.hasPrefix("x-amz-") && !names.contains(name) {
      return "AccessDenied"
    }
    return signature(request, names, scope, date, digest) == parts["Signature"]
      ? nil : "SignatureDoesNotMatch"
  }

  private func signature(
    _ request: StoreRequest, _ names: [String], _ scope: [String], _ date: String, _ digest: String
  ) -> String {
    let query = request.pairs.map { "\($0.name)=\($0.value)" }.sorted().joined(separator: "&")
    var canonical = "\(request.method)\n\(request.path)\n\(query)\n"
    for name in names { canonical += "\(name):\(request.fields[name] ?? "")\n" }
    canonical += "\n\(names.joined(separator: ";"))\n\(digest)"
    let text =
      "AWS4-HMAC-SHA256\n\(date)\n\(scope.dropFirst().joined(separator: "/"))\n"
      + "\(Digest(of: canonical.utf8))"
    var key = Array("AWS4\(secretKey)".utf8)
    for part in scope.dropFirst() { key = HMAC.sha256(part.utf8, key: key).bytes }
    return "\(HMAC.sha256(text.utf8, key: key))"
  }
}
