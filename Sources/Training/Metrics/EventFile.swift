public import Storage

/// A file of scalars that TensorBoard reads.
///
/// It is a sequence of TensorFlow records, each a length, its checksum, an `Event` message and that
/// one's checksum (<https://www.tensorflow.org/tutorials/load_data/tfrecord>, `event.proto`). Each
/// start of a run writes a file of its own whose second event marks a session's start at a step;
/// TensorBoard then forgets what earlier files hold from that step on, so that the steps a resumed
/// run repeats are drawn once.
public final class EventFile {
  /// One number to be drawn.
  public struct Scalar: Hashable, Sendable {
    /// The name of its curve, such as `loss/text`.
    public var tag: String
    /// The number.
    public var value: Float

    /// Makes a scalar.
    public init(_ tag: String, _ value: Double) {
      self.tag = tag
      self.value = Float(value)
    }
  }

  private let file: AppendedFile

  /// Begins the file of a run, or of a run that goes on after a step.
  ///
  /// - Parameters:
  ///   - directory: Where the event files of the run stand.
  ///   - finishedSteps: The steps done before; 0 for a new run.
  ///   - time: Seconds since 1970.
  public init(directory: String, finishedSteps: Int, time: Double) throws(StorageError) {
    // TensorBoard reads the files of a directory in the order of their names.
    let digits = String(finishedSteps)
    let name =
      "events.out.tfevents." + String(repeating: "0", count: max(0, 10 - digits.count)) + digits
    file = try AppendedFile(path: directory + "/" + name + ".weft", keeping: 0)
    try append(step: finishedSteps, time: time) { $0.append("brain.Event:2", field: 3) }
    var session = ProtocolBuffer()
    session.append(Int64(1), field: 1)  // SessionLog.START
    try append(step: finishedSteps + 1, time: time) { $0.append(session, field: 7) }
  }

  /// Adds the scalars of a step.
  public func append(
    _ scalars: [Scalar], step: Int, time: Double
  ) throws(StorageError) {
    var summary = ProtocolBuffer()
    for scalar in scalars {
      var value = ProtocolBuffer()
      value.append(scalar.tag, field: 1)
      value.append(scalar.value, field: 2)
      summary.append(value, field: 1)
    }
    try append(step: step, time: time) { $0.append(summary, field: 5) }
  }

  private func append(
    step: Int, time: Double, content: (inout ProtocolBuffer) -> Void
  ) throws(StorageError) {
    var event = ProtocolBuffer()
    event.append(time, field: 1)
    event.append(Int64(step), field: 2)
    content(&event)
    try file.append(Self.record(event.bytes))
  }

  /// Frames a message as a record.
  private static func record(_ message: [UInt8]) -> [UInt8] {
    let length = UInt64(message.count).littleEndianBytes
    return length + MaskedCRC32C.value(of: length).littleEndianBytes
      + message + MaskedCRC32C.value(of: message).littleEndianBytes
  }
}
