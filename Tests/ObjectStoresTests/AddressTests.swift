import Storage
import TestSupport
import Testing

@testable import ObjectStores

struct AddressTests {
  @Test(arguments: [
    "s3://", "s3:///key", "s3://bu cket/key", "https://", "ftp://host/x", "/a/path", "s3://b/\u{1}",
    "https://user:hunter2@host/x", "http://user@host/",
  ]) func `no address`(text: String) {
    let fault = error { try ObjectURI(text) }
    #expect(fault?.code == .badAddress)
    #expect(fault?.message.contains("hunter2") == false)
  }

  @Test(arguments: [
    ("s3://b/a/%20 b.warc.gz", "s3://b/a/%20 b.warc.gz"), ("s3://b", "s3://b/"),
    ("https://host/x?X-Amz-Signature=abc#f", "https://host/x"),
    ("HTTP://Host:80/x", "http://host/x"),
  ]) func `what is shown of an address`(text: String, shown: String) throws {
    #expect("\(try ObjectURI(text))" == shown)
  }

  @Test(
    arguments: [
      (nil, "bucket", "https://bucket.s3.eu-west-1.amazonaws.com/a%2Bb/%C3%BC%3D"),
      (nil, "a.b", "https://s3.eu-west-1.amazonaws.com/a.b/a%2Bb/%C3%BC%3D"),
      ("http://127.0.0.1:8333/", "bucket", "http://127.0.0.1:8333/bucket/a%2Bb/%C3%BC%3D"),
      ("https://host/base", "bucket", "https://host/base/bucket/a%2Bb/%C3%BC%3D"),
    ] as [(String?, String, String)])
  func `where requests go`(endpoint: String?, bucket: String, url: String) throws {
    var configuration = StoreConfiguration(endpoint: endpoint, access: .anonymous)
    configuration.region = "eu-west-1"
    let address = try StoreAddress(bucket: bucket, configuration)
    #expect("\(address.scheme)://\(address.host)\(address.path(of: "a+b/ü="))" == url)
  }

  @Test(arguments: [
    ("a/*.gz", "a/b.gz", true), ("a/*.gz", "a/b/c.gz", false), ("a/*/c.gz", "a/b/c.gz", true),
    ("a/?.gz", "a/b.gz", true), ("a/?.gz", "a/bb.gz", false), ("a[0-9].gz", "a7.gz", true),
    ("a[!0-9].gz", "a7.gz", false), ("a[b", "a[b", true), ("*", "", true), ("**a", "bba", true),
    ("a*b*c", "aXbXbc", true), ("a*b*c", "aXbXb", false), ("a?b", "a/b", false),
  ]) func `patterns`(pattern: String, key: String, isMatch: Bool) {
    #expect(PathPattern(pattern).matches(key) == isMatch)
  }

  @Test func `a pattern made to take long does not`() {
    let pattern = PathPattern(String(repeating: "*a", count: 200) + "b")
    let time = ContinuousClock().measure {
      #expect(!pattern.matches(String(repeating: "a", count: 1000)))
    }
    #expect(time < .seconds(5))
  }
}

struct ConfigurationTests {
  @Test func `the environment goes before the files`() throws {
    let directory = TemporaryDirectory()
    try AtomicFile.write(
      """
      [default]
      aws_access_key_id = FILEKEY
      aws_secret_access_key=FILESECRET
      [other]
      aws_access_key_id = OTHERKEY
      aws_secret_access_key = OTHERSECRET
      aws_session_token = OTHERTOKEN
      """, to: directory.file("credentials"))
    try AtomicFile.write(
      "[profile other]\nregion = eu-north-1\nendpoint_url = http://host:1\ns3 =\n  region = x\n",
      to: directory.file("config"))
    var environment = [
      "AWS_SHARED_CREDENTIALS_FILE": directory.file("credentials"),
      "AWS_CONFIG_FILE": directory.file("config"),
    ]
    #expect(try keys(environment) == ["FILEKEY", "FILESECRET", "", "us-east-1", ""])
    environment["AWS_PROFILE"] = "other"
    #expect(
      try keys(environment)
        == ["OTHERKEY", "OTHERSECRET", "OTHERTOKEN", "eu-north-1", "http://host:1"])
    environment["AWS_ACCESS_KEY_ID"] = "ENVKEY"
    environment["AWS_SECRET_ACCESS_KEY"] = "ENVSECRET"
    environment["AWS_REGION"] = "us-west-2"
    environment["AWS_ENDPOINT_URL"] = "http://two"
    environment["AWS_ENDPOINT_URL_S3"] = "http://one"
    #expect(try keys(environment) == ["ENVKEY", "ENVSECRET", "", "us-west-2", "http://one"])
  }

  @Test func `a missing profile is named`() {
    let fault = error { try StoreConfiguration(environment: ["AWS_PROFILE": "nobody"]) }
    #expect(fault?.code == .configuration)
    #expect(fault?.message.contains("nobody") == true)
  }

  @Test func `without credentials the error says where they are looked for`() throws {
    let store = ObjectStore(try StoreConfiguration(environment: [:]))
    let fault = error { try store.head(ObjectURI("s3://bucket/key")) }
    #expect(fault?.code == .noCredentials)
    #expect(fault?.message.contains("AWS_NO_SIGN_REQUEST") == true)
  }

  private func keys(_ environment: [String: String]) throws -> [String] {
    let configuration = try StoreConfiguration(environment: environment)
    guard case .signed(let credentials) = configuration.access else { return [] }
    return [
      credentials.accessKey, credentials.secretKey, credentials.sessionToken ?? "",
      configuration.region, configuration.endpoint ?? "",
    ]
  }
}
