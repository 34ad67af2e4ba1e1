import Foundation
public import Storage

/// The file `metrics.jsonl`: one JSON object a line, for each step and each validation.
///
/// A line's `type` is `train` (the other keys are those of ``StepMetrics``, with `tokensPerSecond` and
/// `waitingShare`) or
/// `validation` (those of ``ValidationMetrics``). A run that goes on after a checkpoint first cuts off
/// the lines of later steps, so that no step stands twice.
public final class MetricsLog {
  private let file: AppendedFile

  private struct TrainLine: Encodable {
    let type = "train"
    let metrics: StepMetrics

    private enum Key: CodingKey { case type, tokensPerSecond, waitingShare }

    func encode(to encoder: any Encoder) throws {
      try metrics.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(type, forKey: .type)
      try container.encode(metrics.tokensPerSecond, forKey: .tokensPerSecond)
      try container.encode(metrics.waitingShare, forKey: .waitingShare)
    }
  }

  private struct ValidationLine: Encodable {
    let type = "validation"
    let metrics: ValidationMetrics

    private enum Key: CodingKey { case type }

    func encode(to encoder: any Encoder) throws {
      try metrics.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(type, forKey: .type)
    }
  }

  private struct AnyLine: Decodable { let step: Int }

  /// Opens a log, keeping the whole lines of steps up to one.
  ///
  /// - Parameters:
  ///   - path: The path of the file; it is made where it is missing.
  ///   - finishedSteps: The steps of the checkpoint the run goes on from; 0 begins a new log.
  public init(path: String, finishedSteps: Int) throws(StorageError) {
    let known = FileSystem.isFile(path) ? try FileSystem.read(path) : []
    file = try AppendedFile(
      path: path, keeping: Int64(Self.length(of: known, upTo: finishedSteps)))
  }

  /// Adds a step.
  public func append(_ metrics: StepMetrics) throws {
    try append(TrainLine(metrics: metrics))
  }

  /// Adds a validation.
  public func append(_ metrics: ValidationMetrics) throws {
    try append(ValidationLine(metrics: metrics))
  }

  private func append(_ line: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try file.append(Array(try encoder.encode(line)) + [UInt8(ascii: "\n")])
  }

  /// The bytes of the leading whole lines whose step is at most `step`.
  ///
  /// A line that is not one of ours ends the log too: it is what a crash left of a write.
  private static func length(of bytes: [UInt8], upTo step: Int) -> Int {
    guard step > 0 else { return 0 }
    var length = 0
    while let end = bytes[length...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = try? JSONDecoder().decode(AnyLine.self, from: Data(bytes[length..<end]))
      guard let line, line.step <= step else { break }
      length = end + 1
    }
    return length
  }
}
