import Documents
import Foundation
import Hashing

enum SHA256Text {
  static func of(_ bytes: [UInt8]) -> Digest { Digest(of: bytes) }
}

extension StoreServer.State {
  mutating func answer(to request: StoreRequest, bucket: String, key: String) -> StoreAnswer {
    guard buckets[bucket] != nil else { return .error(404, "NoSuchBucket", "no bucket \(bucket)") }
    if request.value("uploads") != nil || request.value("uploadId") != nil {
      return upload(request, bucket, key)
    }
    switch request.method {
    case "GET" where key.isEmpty: return list(request, bucket)
    case "GET", "HEAD": return read(request, bucket, key)
    case "PUT":
      if request.fields["if-none-match"] == "*", buckets[bucket]?[key] != nil {
        return .error(412, "PreconditionFailed")
      }
      store(request.body, bucket, key, Self.meta(request))
      return StoreAnswer(200, [("ETag", StoreServer.tag(request.body))])
    case "DELETE":
      buckets[bucket]?[key] = nil
      return StoreAnswer(204)
    default: return .error(405, "MethodNotAllowed")
    }
  }

  private static func meta(_ request: StoreRequest) -> [String: String] {
    request.fields.filter { $0.key.hasPrefix("x-amz-meta-") }
  }

  private mutating func store(
    _ bytes: [UInt8], _ bucket: String, _ key: String, _ meta: [String: String]
  ) {
    buckets[bucket]?[key] = .init(bytes: bytes, tag: StoreServer.tag(bytes), meta: meta)
  }

  private func read(_ request: StoreRequest, _ bucket: String, _ key: String) -> StoreAnswer {
    guard let object = buckets[bucket]?[key] else { return .error(404, "NoSuchKey") }
    var fields = [("ETag", object.tag)] + object.meta.map { ($0.key, $0.value) }
    if let wanted = request.fields["if-match"], wanted != object.tag {
      return .error(412, "PreconditionFailed")
    }
    guard let range = request.fields["range"] else { return StoreAnswer(200, fields, object.bytes) }
    let bounds = range.dropFirst("bytes=".count).split(separator: "-").compactMap { Int($0) }
    guard bounds.count == 2, bounds[0] < object.bytes.count else {
      return .error(
        416, "InvalidRange", fields: [("Content-Range", "bytes */\(object.bytes.count)")])
    }
    let end = min(bounds[1], object.bytes.count - 1)
    fields.append(("Content-Range", "bytes \(bounds[0])-\(end)/\(object.bytes.count)"))
    return StoreAnswer(206, fields, Array(object.bytes[bounds[0]...end]))
  }

  private func list(_ request: StoreRequest, _ bucket: String) -> StoreAnswer {
    let prefix = request.value("prefix") ?? ""
    let most = min(Int(request.value("max-keys") ?? "") ?? 1000, 1000)
    let keys = (buckets[bucket] ?? [:]).keys.filter { $0.hasPrefix(prefix) }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let rest = keys.drop {
      guard let token = request.value("continuation-token") else { return false }
      return !token.utf8.lexicographicallyPrecedes($0.utf8)
    }
    let page = rest.prefix(most)
    var text = "<?xml version=\"1.0\"?><ListBucketResult><EncodingType>url</EncodingType>"
    for key in page {
      guard let object = buckets[bucket]?[key] else { continue }
      let encoded = key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
      let tag = object.tag.replacingOccurrences(of: "\"", with: "&quot;")
      text +=
        "<Contents><Key>\(encoded)</Key><Size>\(object.bytes.count)</Size><ETag>\(tag)</ETag></Contents>"
    }
    let isTruncated = rest.count > page.count
    text += "<IsTruncated>\(isTruncated)</IsTruncated>"
    if isTruncated, let last = page.last {
      text += "<NextContinuationToken>\(last)</NextContinuationToken>"
    }
    return StoreAnswer(200, [], Array((text + "</ListBucketResult>").utf8))
  }

  private mutating func upload(
    _ request: StoreRequest, _ bucket: String, _ key: String
  ) -> StoreAnswer {
    guard let id = request.value("uploadId") else {
      let id = "upload+\(uploads.count)/\(requests.count)="
      uploads[id] = [:]
      uploadMeta[id] = Self.meta(request)
      return StoreAnswer(
        200, [],
        Array(
          "<InitiateMultipartUploadResult><UploadId>\(id)</UploadId></InitiateMultipartUploadResult>"
            .utf8))
    }
    guard uploads[id] != nil else { return .error(404, "NoSuchUpload") }
    switch request.method {
    case "PUT":
      uploads[id]?[Int(request.value("partNumber") ?? "") ?? 0] = request.body
      return StoreAnswer(200, [("ETag", StoreServer.tag(request.body))])
    case "DELETE":
      uploads[id] = nil
      return StoreAnswer(204)
    default:
      if request.fields["if-none-match"] == "*", buckets[bucket]?[key] != nil {
        return .error(412, "PreconditionFailed")
      }
      let parts = (uploads[id] ?? [:]).sorted { $0.key < $1.key }
      let text = String(decoding: request.body, as: UTF8.self)
      for (number, bytes) in parts {
        let part = "<PartNumber>\(number)</PartNumber><ETag>\(StoreServer.tag(bytes))</ETag>"
        guard text.contains(part) else { return .error(400, "InvalidPart") }
      }
      store(parts.flatMap(\.value), bucket, key, uploadMeta[id] ?? [:])
      uploads[id] = nil
      return StoreAnswer(200, [], Array("<CompleteMultipartUploadResult/>".utf8))
    }
  }
}
