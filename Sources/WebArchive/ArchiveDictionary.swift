internal import Compression
internal import Documents
internal import Storage

/// The compression dictionary that a `.warc.zst` file may begin with.
///
/// It is the content of a skippable frame with the magic number 0x184D2A5D, compressed by Zstandard
/// or not. <https://iipc.github.io/warc-specifications/specifications/warc-zstd/>
struct ArchiveDictionary {
  /// The dictionary, where there is one that can be read.
  var dictionary: ZstdDictionary?
  /// The frame's length in the file; 0 where the file begins with no dictionary.
  var frameLength = 0
  /// Why there is a frame but no dictionary.
  var fault: Reason?

  static let magic: [UInt8] = [0x5d, 0x2a, 0x4d, 0x18]

  init(of file: MappedFile, format: ArchiveFormat, archiveBytes: Int64, limits: ArchiveLimits) {
    let head = file.copy(0..<min(SkippableFrame.headerBytes, file.count))
    guard format == .zstd, head.starts(with: Self.magic), let length = SkippableFrame.length(head)
    else { return }
    // The frame that is cut short is reported like any other.
    guard length <= archiveBytes else { return }
    frameLength = length
    guard length - SkippableFrame.headerBytes <= limits.maximumDictionaryBytes else {
      fault = Self.tooLarge(limits)
      return
    }
    read(file.copy(SkippableFrame.headerBytes..<length), limits)
  }

  private mutating func read(_ content: [UInt8], _ limits: ArchiveLimits) {
    var bytes = content
    if content.starts(with: ArchiveFormat.zstdMagic) {
      let result = CompressionFormat.zstd.decompress(
        content, limit: limits.maximumDictionaryBytes)
      switch result.ending {
      case .complete: bytes = result.bytes
      case .limitReached: fault = Self.tooLarge(limits)
      case .truncated: fault = Reason(.badDictionary, detail: "it is cut short")
      case .damaged(let message): fault = Reason(.badDictionary, detail: message)
      }
    }
    guard fault == nil else { return }
    dictionary = ZstdDictionary(bytes.span)
    if dictionary == nil { fault = Reason(.badDictionary) }
  }

  private static func tooLarge(_ limits: ArchiveLimits) -> Reason {
    Reason(
      .badDictionary, threshold: Double(limits.maximumDictionaryBytes), detail: "it is too large")
  }
}
