/// A safetensors file that is read once, from its beginning to its end: out of a pipe or an object store.
///
/// The header is held, and a piece of the data at a time. What ``SafetensorsFile`` checks when it opens a
/// file is checked here, too; that the data end where the header says is known at their end.
public struct SafetensorsStream {
  /// Some of a tensor's bytes.
  public struct Piece: Hashable, Sendable {
    /// The tensor.
    public var tensor: TensorDescription
    /// How many of its bytes came before.
    public var offset: Int
    /// The bytes.
    public var bytes: [UInt8]
  }

  /// The most bytes of a piece.
  public static let pieceSize = 1 << 20

  /// What the stream is called in errors.
  public let path: String
  /// The text about the whole file.
  public let metadata: [String: String]
  /// The tensors, in the order in which their data come.
  public let tensors: [TensorDescription]

  private let read: (Int) throws -> [UInt8]
  private var index = 0
  private var offset = 0

  /// Reads the header of a stream and checks it.
  ///
  /// - Parameters:
  ///   - path: What the stream is called in errors.
  ///   - read: Gives the next bytes, as many as it is asked for or, at the end, fewer.
  /// - Throws: ``SafetensorsError`` where the header is damaged or the stream ends in it; what `read` throws.
  public init(path: String, read: @escaping (Int) throws -> [UInt8]) throws {
    let length = try Header.length(try read(8), path: path)
    var json: [UInt8] = []
    while json.count < length {
      // Piece by piece: a length that lies costs no memory.
      let piece = try read(min(Self.pieceSize, length - json.count))
      if piece.isEmpty { throw Header.cutShort(length, of: json.count + 8, path: path) }
      json += piece
    }
    let header = try Header(json[...], path: path)
    self.path = path
    self.read = read
    metadata = header.metadata
    tensors = header.entries.map(\.description)
  }

  /// The next piece of data; `nil` after the last.
  ///
  /// Pieces come tensor by tensor in the order of ``tensors``; a tensor without elements has none.
  ///
  /// - Throws: ``SafetensorsError`` where the stream ends before the data or goes on behind them; what
  ///   reading throws.
  public mutating func next() throws -> Piece? {
    while index < tensors.count, offset == tensors[index].byteCount {
      index += 1
      offset = 0
    }
    guard index < tensors.count else {
      if try !read(1).isEmpty { throw fault("it goes on behind the last tensor") }
      return nil
    }
    let tensor = tensors[index]
    let bytes = try read(min(Self.pieceSize, tensor.byteCount - offset))
    if bytes.isEmpty {
      throw fault(
        "it ends after \(offset) of the \(tensor.byteCount) bytes of '\(tensor.name)'")
    }
    defer { offset += bytes.count }
    return Piece(tensor: tensor, offset: offset, bytes: bytes)
  }

  private func fault(_ what: String) -> SafetensorsError {
    SafetensorsError(
      .wrongLength, path: path, what + "; it was cut short or damaged: fetch it again")
  }
}
