internal import Foundation
internal import Storage

extension CheckpointState {
  /// The largest state that is read, in bytes.
  static let sizeLimit = 1 << 20

  /// Reads a state.
  ///
  /// - Throws: ``TrainingError`` where the file is missing, no state, or of another version.
  public init(path: String) throws(TrainingError) {
    let bytes: [UInt8]
    do throws(StorageError) {
      bytes = try FileSystem.read(path, limit: Self.sizeLimit)
    } catch {
      throw TrainingError(.brokenCheckpoint, "the checkpoint is incomplete: \(error)")
    }
    do {
      let found = try JSONDecoder().decode(Header.self, from: Data(bytes))
      guard found.format == Self.format, found.version == Self.version else {
        throw TrainingError(
          .brokenCheckpoint,
          "'\(path)' is version \(found.version) of '\(found.format)', but this weft reads version"
            + " \(Self.version) of '\(Self.format)'")
      }
      self = try JSONDecoder().decode(CheckpointState.self, from: Data(bytes))
    } catch let error as TrainingError {
      throw error
    } catch {
      throw TrainingError(
        .brokenCheckpoint,
        "'\(path)' is no state of a checkpoint (\(error)); go on from an earlier one")
    }
  }

  private struct Header: Decodable {
    let format: String
    let version: Int
  }

  /// Writes the state, whole or not at all.
  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(Array(try encoder.encode(self)) + [UInt8(ascii: "\n")], to: path)
  }
}
