/// What the fuzzer feeds with bytes: a reader of untrusted data, and what must hold of what it reads.
///
/// A target traps where that does not hold. `make fuzz` looks for such bytes; a test runs every
/// target over the cases that were found.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// Bytes as an archive file: records, their responses, their bodies.
  case archive
  /// Bytes as a page: its encoding, its tree, its document.
  case page
  /// Bytes as text: two lines are a base and a reference.
  case address
  /// Bytes as an image file.
  case image
  /// Bytes as a safetensors file: tensors, and the formats of weft's that are made of them.
  case safetensors

  /// Reads bytes and checks what comes of them.
  public func run(_ bytes: [UInt8]) {
    switch self {
    case .archive: ArchiveTarget.run(bytes)
    case .page: PageTarget.run(bytes)
    case .address: AddressTarget.run(bytes)
    case .image: ImageTarget.run(bytes)
    case .safetensors: SafetensorsTarget.run(bytes)
    }
  }
}
