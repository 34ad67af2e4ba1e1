internal import CImageCodecs
public import Documents

/// Decodes the image files that pages show: JPEG, PNG, still WebP, and the first
/// picture of GIF and AVIF.
///
/// Bytes are never trusted. What cannot be decoded is a value: a ``Reason`` that says why.
public enum ImageDecoder {
  /// The most scans of a progressive JPEG file; writers use about ten.
  ///
  /// Each scan walks the whole image however few bytes it has, so a small file could otherwise ask for
  /// hours of work.
  static let maximumScans: Int32 = 100

  /// Reads the format and the size of an image file without decoding it.
  public static func header(of bytes: [UInt8]) -> Decision<ImageHeader> {
    switch FileSignature(of: bytes) {
    case .decoded(.jpeg):
      let orientation = Orientation(ofJPEG: bytes)
      return header(.jpeg, of: bytes, orientation, reading: CImageCodecs_jpegSize)
    case .decoded(.webp):
      return header(.webp, of: bytes, .upright, reading: CImageCodecs_webpSize)
    case .decoded(.gif):
      return header(.gif, of: bytes, .upright, reading: CImageCodecs_gifSize)
    case .decoded(.avif): return avifHeader(of: bytes)
    case .decoded(.png):
      guard let header = PNGHeader(bytes) else {
        return .dropped(Reason(.brokenImage, detail: "no PNG header"))
      }
      return .kept(
        ImageHeader(format: .png, storedWidth: header.width, storedHeight: header.height))
    case .other(let name):
      return .dropped(Reason(.unsupportedFormat, detail: name))
    }
  }

  /// Decodes an image file to 8-bit RGB, after its size was checked against the limits.
  ///
  /// No pixel is allocated before the check. Grey and palette images become RGB; 16 bits are rounded
  /// to 8, where Pillow cuts them off; inks (CMYK) become RGB as Pillow does it; transparency is
  /// composited over white; the orientation of a JPEG or AVIF file is applied; colour profiles
  /// are passed over, as by what CLIP's encoders were trained with; where a GIF frame leaves its screen empty there is white. A file that is cut short or fails a checksum is dropped whole.
  public static func decode(
    _ bytes: [UInt8], limits: ImageLimits = .standard
  ) -> Decision<DecodedImage> {
    if bytes.count > limits.maximumBytes {
      return .dropped(.over(.imageTooLarge, bytes.count, limits.maximumBytes))
    }
    switch header(of: bytes) {
    case .dropped(let reason): return .dropped(reason)
    case .kept(let header):
      if let reason = limits.refusal(of: header) { return .dropped(reason) }
      return pixels(of: bytes, header: header)
    }
  }

  /// Decodes an image file to 8-bit RGB of which no side is longer than `longestSide`.
  ///
  /// A larger image is scaled down as Pillow's `Image.thumbnail` does it: a JPEG file is scaled to a
  /// half, a quarter or an eighth while it is decoded, to no less than twice the wanted size, and the
  /// rest is bicubic interpolation with antialiasing. Colours of a profile of RGB are converted to sRGB,
  /// since what is made of the pixels has no profile. All else is as in ``decode(_:limits:)``.
  ///
  /// - Precondition: `longestSide` is positive.
  public static func decode(
    _ bytes: [UInt8], fitting longestSide: Int, limits: ImageLimits = .standard
  ) -> Decision<DecodedImage> {
    precondition(longestSide > 0, "an image has at least one pixel")
    if bytes.count > limits.maximumBytes {
      return .dropped(.over(.imageTooLarge, bytes.count, limits.maximumBytes))
    }
    switch header(of: bytes) {
    case .dropped(let reason): return .dropped(reason)
    case .kept(let header):
      if let reason = limits.refusal(of: header) { return .dropped(reason) }
      guard let size = header.size(fitting: longestSide) else {
        return pixels(of: bytes, header: header, sRGB: true)
      }
      let eighths = header.format == .jpeg ? header.eighths(for: size) : 8
      switch pixels(of: bytes, header: header, eighths: eighths, sRGB: true) {
      case .dropped(let reason): return .dropped(reason)
      case .kept(let image): return .kept(image.resized(width: size.width, height: size.height))
      }
    }
  }

  private typealias SizeReader = (
    UnsafePointer<UInt8>, Int, UnsafeMutablePointer<CImageCodecs_Size>, CImageCodecs_Message
  ) -> CImageCodecs_Status

  private static func header(
    _ format: ResolvedImage.Format, of bytes: [UInt8], _ orientation: Orientation,
    reading read: SizeReader
  ) -> Decision<ImageHeader> {
    var size = CImageCodecs_Size()
    let failure = withCodec(bytes) { read($0, bytes.count, &size, $1) }
    if let failure { return .dropped(failure) }
    guard size.width > 0, size.height > 0 else {
      return .dropped(Reason(.brokenImage, detail: "no size"))
    }
    return .kept(
      ImageHeader(
        format: format, storedWidth: Int(size.width), storedHeight: Int(size.height),
        orientation: orientation))
  }

  private static func avifHeader(of bytes: [UInt8]) -> Decision<ImageHeader> {
    var turn: Int32 = 1
    let decision = header(.avif, of: bytes, .upright) {
      CImageCodecs_avifSize($0, $1, $2, &turn, $3)
    }
    guard let header = decision.value else { return decision }
    return .kept(
      ImageHeader(
        format: .avif, storedWidth: header.storedWidth, storedHeight: header.storedHeight,
        orientation: Orientation(rawValue: Int(turn)) ?? .upright))
  }

  private static func pixels(
    of bytes: [UInt8], header: ImageHeader, eighths: Int = 8, sRGB: Bool = false
  ) -> Decision<DecodedImage> {
    let size = CImageCodecs_Size(
      width: UInt32(header.storedWidth), height: UInt32(header.storedHeight))
    var failure: Reason?
    let width = (header.storedWidth * eighths + 7) / 8
    let height = (header.storedHeight * eighths + 7) / 8
    let byteCount = width * height * 3
    let pixels = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
      guard let target = buffer.baseAddress else { return }
      failure = withCodec(bytes) { source, message in
        switch header.format {
        case .jpeg:
          CImageCodecs_jpegDecode(
            source, bytes.count, size, Int32(eighths), maximumScans, sRGB, target, message)
        case .png: CImageCodecs_pngDecode(source, bytes.count, size, sRGB, target, message)
        case .webp: CImageCodecs_webpDecode(source, bytes.count, size, sRGB, target, message)
        case .gif: CImageCodecs_gifDecode(source, bytes.count, size, target, message)
        case .avif: CImageCodecs_avifDecode(source, bytes.count, size, sRGB, target, message)
        }
      }
      count = failure == nil ? byteCount : 0
    }
    if let failure { return .dropped(failure) }
    let stored = DecodedImage(width: width, height: height, pixels: pixels)
    return .kept(stored.turned(header.orientation))
  }

  /// Calls a codec with the bytes and a place for its message; returns why it failed, if it did.
  static func withCodec(
    _ bytes: [UInt8],
    _ call: (UnsafePointer<UInt8>, CImageCodecs_Message) -> CImageCodecs_Status
  ) -> Reason? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 200) { text in
      bytes.withUnsafeBufferPointer { buffer in
        guard let source = buffer.baseAddress, let place = text.baseAddress else {
          return Reason(.brokenImage, detail: "no bytes")
        }
        let message = CImageCodecs_Message(text: place, capacity: text.count)
        let status = call(source, message)
        if status == CImageCodecs_ok { return nil }
        let code: Reason.Code =
          status == CImageCodecs_unsupported ? .unsupportedFormat : .brokenImage
        let detail = String(cString: place)
        return Reason(code, detail: detail.isEmpty ? nil : detail)
      }
    }
  }
}

extension ImageLimits {
  fileprivate func refusal(of header: ImageHeader) -> Reason? {
    let side = max(header.width, header.height)
    if header.pixelCount > maximumPixels {
      return .over(.tooManyPixels, header.pixelCount, maximumPixels)
    }
    return side > maximumSide ? .over(.imageSideTooLong, side, maximumSide) : nil
  }
}

extension Reason {
  fileprivate static func over(_ code: Code, _ measured: Int, _ threshold: Int) -> Reason {
    Reason(code, measured: Double(measured), threshold: Double(threshold))
  }
}
