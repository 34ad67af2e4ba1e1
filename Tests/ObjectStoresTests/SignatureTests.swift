import Documents
import Hashing
import Testing

@testable import ObjectStores

struct SignatureTests {
  /// The examples of AWS's own description of the signature
  /// <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html>.
  private struct Example: CustomTestStringConvertible {
    var method = "GET"
    var path = "/"
    var query: [(name: String, value: String)] = []
    var fields: [(name: String, value: String)] = []
    var body = ""
    var signature: String

    var testDescription: String { "\(method) \(path)" }
  }

  private static let examples = [
    Example(
      path: "/test.txt", fields: [("Range", "bytes=0-9")],
      signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
    Example(
      method: "PUT", path: "/test%24file.text",
      fields: [
        ("Date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
      ], body: "Welcome to Amazon S3.",
      signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
    Example(
      query: [("lifecycle", "")],
      signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
    Example(
      query: [("prefix", "J"), ("max-keys", "2")],
      signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
  ]

  @Test(arguments: examples) private func `AWS's examples`(example: Example) throws {
    let signature = RequestSignature(
      credentials: Credentials(
        accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
      region: "us-east-1", time: 1_369_353_600)
    let fields = signature.sign(
      method: example.method, host: "examplebucket.s3.amazonaws.com", path: example.path,
      query: example.query, fields: example.fields, body: Digest(of: example.body.utf8))
    let authorization = try #require(fields.first { $0.name == "Authorization" }?.value)
    #expect(authorization.hasSuffix("Signature=\(example.signature)"))
  }

  @Test(arguments: [
    (0, "19700101T000000Z"), (951_782_399, "20000228T235959Z"), (951_782_400, "20000229T000000Z"),
    (4_107_542_400, "21000301T000000Z"), (-1, "19691231T235959Z"),
  ]) func `dates`(time: Int64, text: String) { #expect(RequestSignature.timestamp(time) == text) }

  @Test func `credentials are not printed`() {
    let credentials = Credentials(accessKey: "AKID", secretKey: "secret", sessionToken: "token")
    var dumped = "\(credentials) \(String(reflecting: credentials))"
    dump(credentials, to: &dumped)
    let configuration = StoreConfiguration(access: .signed(credentials))
    dump(configuration, to: &dumped)
    for secret in ["AKID", "secret", "token"] { #expect(!dumped.contains(secret)) }
  }
}
