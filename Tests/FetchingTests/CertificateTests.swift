import Documents
import Fetching
import Foundation
import TestSupport
import Testing

/// A certificate that nobody vouches for, and one for another name, served by OpenSSL's own test
/// server.
struct CertificateTests {
  @Test func `a certificate is checked, and so is the name in it`() throws {
    let directory = TemporaryDirectory()
    let server = try TLSServer(in: directory, name: "site.test")
    defer { server.stop() }
    let urls = ["site.test", "other.test"].map { "https://\($0):\(server.port)/image.png" }
    var configuration = testConfiguration(["site.test", "other.test"])
    #expect(
      try fetchAll(urls, configuration).map(\.code) == [.certificateRefused, .certificateRefused])
    configuration.certificates = directory.file("certificate.pem")
    let outcomes = try fetchAll(urls, configuration)
    #expect(outcomes[0].decision.value?.bytes == Step.png)
    #expect(outcomes[1].code == .certificateRefused)
    #expect(outcomes[1].code?.mayPass == false)
  }
}

/// `openssl s_server` with a certificate of its own making, serving an image file.
private struct TLSServer {
  let port: UInt16
  private let process = Process()

  init(in directory: TemporaryDirectory, name: String) throws {
    // A port that was free a moment ago.
    let placeholder = try HostileServer([:])
    port = placeholder.port
    placeholder.stop()
    try Self.run(
      directory,
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
        "2",
        "-keyout", "key.pem", "-out", "certificate.pem", "-subj", "/CN=\(name)", "-addext",
        "subjectAltName=DNS:\(name)",
      ])
    try Data(Step.png).write(to: URL(fileURLWithPath: directory.file("image.png")))
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.arguments = [
      "s_server", "-accept", "127.0.0.1:\(port)", "-cert", "certificate.pem", "-key", "key.pem",
      "-WWW", "-quiet",
    ]
    process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    waitUntilListening()
  }

  func stop() {
    // Started by Foundation it has SIGTERM blocked.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  private func waitUntilListening() {
    for _ in 0..<200 {
      let probe = try? fetchAll(["https://site.test:\(port)/"], testConfiguration())
      if probe?[0].code == .certificateRefused { return }
      usleep(50_000)
    }
  }

  private static func run(_ directory: TemporaryDirectory, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
  }
}
