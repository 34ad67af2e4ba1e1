internal import Foundation
internal import Synchronization

/// A child process that JSON lines are exchanged with; its input is closed when this process ends.
final class LineProcess: Sendable {
  private static let longestErrors = 4000
  private static let longestLine = 1 << 24

  private let lines: AsyncStream<Data>
  private let state: Mutex<State>

  private struct State: @unchecked Sendable {
    var process: Process
    var input: FileHandle
    var errors = Data()
  }

  /// Starts a command, looked up along `PATH`.
  ///
  /// - Throws: ``RunError`` where it cannot be started.
  init(_ command: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    let (input, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    do { try process.run() } catch {
      throw RunError(.engine, "cannot start '\(command.first ?? "")': \(error)")
    }
    let (lines, continuation) = AsyncStream<Data>.makeStream()
    self.lines = lines
    state = Mutex(State(process: process, input: input.fileHandleForWriting))
    let (reader, errorReader) = (output.fileHandleForReading, errors.fileHandleForReading)
    Thread.detachNewThread {
      Self.split(reader, into: continuation)
    }
    Thread.detachNewThread { [self] in
      while case let chunk = errorReader.availableData, !chunk.isEmpty {
        state.withLock { $0.errors = ($0.errors + chunk).suffix(Self.longestErrors) }
      }
    }
  }

  /// The end of what it wrote to standard error.
  var errors: String {
    state.withLock { String(decoding: $0.errors, as: UTF8.self) }
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Its next line, and `nil` after its last.
  ///
  /// One task at a time may wait for it.
  func next() async -> Data? {
    var iterator = lines.makeAsyncIterator()
    return await iterator.next()
  }

  /// Sends an object as a line.
  ///
  /// - Throws: ``RunError`` where the process has ended.
  func send(_ object: [String: Any]) throws {
    let line = Self.line(object)
    try state.withLock { state in
      do { try state.input.write(contentsOf: line) } catch {
        throw RunError(.engine, "the process that schedules tasks has ended: \(error)")
      }
    }
  }

  /// An object as a line.
  static func line(_ object: [String: Any]) -> Data {
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? JSONSerialization.data(withJSONObject: object, options: options) else {
      preconditionFailure("a message is made of JSON's types")
    }
    return data + Data("\n".utf8)
  }

  /// Waits until it has ended, and gives its status.
  func waitUntilExit() -> Int32 {
    let process = state.withLock { $0.process }
    process.waitUntilExit()
    return process.terminationStatus
  }

  private static func split(
    _ reader: FileHandle, into lines: AsyncStream<Data>.Continuation
  ) {
    var pending = Data()
    while case let chunk = reader.availableData, !chunk.isEmpty {
      pending += chunk
      while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        lines.yield(Data(pending[..<end]))
        pending = Data(pending[pending.index(after: end)...])
      }
      if pending.count > longestLine { break }
    }
    lines.finish()
  }
}
