internal import Compression
internal import Foundation
internal import Storage

/// A file of lines that appears whole or not at all, compressed as its name says.
final class LineFile {
  private let file: AtomicFile
  private let format: CompressionFormat?
  private var zstd: ZstdCompressor?
  private var pending: [UInt8] = []

  /// Lines are compressed in pieces of so many bytes.
  private static let pieceSize = 1 << 20

  init(path: String) throws {
    format = path.hasSuffix(".gz") ? .gzip : path.hasSuffix(".zst") ? .zstd : nil
    file = try AtomicFile(path: path)
    if format == .zstd { zstd = ZstdCompressor() }
  }

  func write(line: some Sequence<UInt8>) throws {
    pending.append(contentsOf: line)
    pending.append(UInt8(ascii: "\n"))
    if pending.count >= Self.pieceSize { try flush() }
  }

  func commit() throws {
    try flush()
    if format == .zstd {
      var output: [UInt8] = []
      zstd?.finish(into: &output)
      try file.write(output)
    }
    try file.commit()
  }

  private func flush() throws {
    if pending.isEmpty { return }
    var output: [UInt8] = []
    switch format {
    case .zstd: zstd?.compress(pending, into: &output)
    // Members end to end are one gzip file (RFC 1952, §2.2).
    case .gzip: output = CompressionFormat.gzip.compress(pending)
    default: output = pending
    }
    try file.write(output)
    pending.removeAll(keepingCapacity: true)
  }
}
