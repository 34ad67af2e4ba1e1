import Foundation
import Storage
import TestSupport
import Testing

/// A disk that is full ends a run with a sentence, and with room again the run goes on.
@Suite(.serialized) struct FullDiskTests {
  static let mayMount = getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/bin/mount")

  @Test(.enabled(if: mayMount, "mounting a small file system needs root"), arguments: [1, 3, 6])
  func aFullDiskIsSaidAndTheRunGoesOn(megabytes: Int) throws {
    let pipeline = try SmallPipeline()
    try Directory.make(pipeline.output)
    let mounted = try shell(
      "mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", pipeline.output)
    try #require(mounted == 0)
    var isMounted = true
    defer { if isMounted { _ = try? shell("umount", "-l", pipeline.output) } }

    let result = try pipeline.run()
    #expect(result.status == 74, "\(result.status): \(result.errors)")
    #expect(result.errors.contains("No space left") || result.errors.contains("full"))
    #expect(!result.signal)

    #expect(try shell("mount", "-o", "remount,size=400m", pipeline.output) == 0)
    let again = try pipeline.run()
    #expect(again.status == 0, "\(again.errors)")
    let digests = try pipeline.digests()
    #expect(try shell("umount", pipeline.output) == 0)
    isMounted = false

    let undisturbed = try SmallPipeline()
    #expect(try undisturbed.run().status == 0)
    #expect(try undisturbed.digests() == digests)
  }

  private func shell(_ command: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
