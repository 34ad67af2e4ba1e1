extension InterleavedDocument {
  /// The document as one line of JSON, without a line end.
  ///
  /// The bytes are those of `JSONEncoder` with sorted keys and without escaped slashes.
  public var json: [UInt8] {
    var json = JSONText()
    json.beginObject()
    json.field("canonicalURL", canonicalURL)
    json.field("id", id.description)
    json.field("language", language)
    json.field("modified", modified)
    json.beginArray("nodes")
    for node in nodes {
      switch node {
      case .text(let text): text.write(to: &json)
      case .image(let image): image.write(to: &json)
      }
    }
    json.endArray()
    if let optOuts {
      json.beginArray("optOuts")
      for optOut in optOuts { json.element(optOut.rawValue) }
      json.endArray()
    }
    json.field("published", published)
    json.field("title", title)
    json.field("url", url)
    json.endObject()
    return json.bytes
  }
}

extension TextNode {
  fileprivate func write(to json: inout JSONText) {
    json.beginObject()
    json.field("kind", kind.rawValue)
    json.field("level", level)
    json.field("path", path)
    json.field("text", text)
    json.field("type", "text")
    json.endObject()
  }
}

extension ImageReference {
  fileprivate func write(to json: inout JSONText) {
    json.beginObject()
    json.field("alt", alt)
    json.field("caption", caption)
    json.field("height", height)
    json.field("path", path)
    resolved?.write(to: &json)
    json.field("type", "image")
    json.field("url", url)
    json.field("width", width)
    json.endObject()
  }
}

extension ResolvedImage {
  fileprivate func write(to json: inout JSONText) {
    json.beginObject("resolved")
    json.field("byteCount", byteCount)
    json.field("digest", digest.description)
    json.field("format", format.rawValue)
    json.field("height", height)
    json.field("isSingleColour", isSingleColour)
    json.beginObject("location")
    json.field("input", location.input)
    json.field("memberLength", location.memberLength)
    json.field("memberOffset", location.memberOffset)
    json.field("recordLength", location.recordLength)
    json.field("recordOffset", location.recordOffset)
    json.endObject()
    json.field("pageCount", pageCount)
    json.field("perceptualHash", perceptualHash.description)
    json.field("record", record.description)
    stored?.write(to: &json)
    json.field("unsafeScore", unsafeScore)
    json.field("width", width)
    json.endObject()
  }
}

extension StoredImage {
  fileprivate func write(to json: inout JSONText) {
    json.beginObject("stored")
    json.field("byteCount", byteCount)
    json.field("digest", digest.description)
    json.field("format", format.rawValue)
    json.field("height", height)
    json.field("width", width)
    json.endObject()
  }
}
