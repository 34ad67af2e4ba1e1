public import Documents
internal import GRDB

/// An image that was found in a record and decoded.
public struct ImageRow: Hashable, Sendable, Codable {
  /// The SHA-256 of the image's bytes.
  public var digest: Digest
  /// The record that holds the bytes.
  public var record: RecordID
  /// The URL the record answers.
  public var url: String
  /// The file format.
  public var format: ResolvedImage.Format
  /// The width in pixels.
  public var width: Int
  /// The height in pixels.
  public var height: Int
  /// The size of the file in bytes.
  public var bytes: Int
  /// Whether every pixel has the same colour.
  public var isSingleColour: Bool
  /// What the image looks like, in 64 bits.
  public var perceptualHash: PerceptualHash

  /// Makes a row from its parts.
  public init(
    digest: Digest, record: RecordID, url: String, format: ResolvedImage.Format, width: Int,
    height: Int, bytes: Int, isSingleColour: Bool, perceptualHash: PerceptualHash
  ) {
    self.digest = digest
    self.record = record
    self.url = url
    self.format = format
    self.width = width
    self.height = height
    self.bytes = bytes
    self.isSingleColour = isSingleColour
    self.perceptualHash = perceptualHash
  }

  /// Makes the row of a resolved image.
  public init(_ image: ResolvedImage, url: String) {
    self.init(
      digest: image.digest, record: image.record, url: url, format: image.format,
      width: image.width, height: image.height, bytes: image.byteCount,
      isSingleColour: image.isSingleColour, perceptualHash: image.perceptualHash)
  }
}

extension ImageRow: TableRow {
  static let table = "images"
  static let columns = [
    "digest", "record", "url", "format", "width", "height", "bytes", "single_colour",
    "perceptual_hash",
  ]

  var values: [(any DatabaseValueConvertible)?] {
    [
      digest.column, record.column, url, format.rawValue, width, height, bytes, isSingleColour,
      perceptualHash.column,
    ]
  }

  var measures: [(Histogram.Metric, Int)] {
    [(.imageWidth, width), (.imageHeight, height), (.imageBytes, bytes)]
  }

  init(row: Row) throws {
    self.init(
      digest: try Digest(column: row["digest"]), record: try RecordID(column: row["record"]),
      url: row["url"], format: try ResolvedImage.Format(column: row["format"]),
      width: row["width"], height: row["height"], bytes: row["bytes"],
      isSingleColour: row["single_colour"],
      perceptualHash: PerceptualHash(column: row["perceptual_hash"]))
  }
}
